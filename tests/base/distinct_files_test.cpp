#include "base/distinct_files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "input_error_of.h"
#include "temporary_folder.h"

namespace lf {
namespace {

namespace fs = std::filesystem;

class DistinctFiles : public ::testing::Test {
 protected:
  std::string at(const std::string& name) const { return (folder_ / name).string(); }
  std::string made(const std::string& name) const {
    std::ofstream(at(name)) << "x";
    return at(name);
  }
  testing::TemporaryFolder folder_;
};

TEST_F(DistinctFiles, OneFileIsKnownUnderEverySpelling) {
  fs::create_directories(at("a/b"));
  fs::create_directory_symlink(at("a"), at("link"));
  const std::string file = made("a/s.npy");
  for (const char* name : {"a/./s.npy", "a/b/../s.npy", "link/s.npy", "a//s.npy"})
    EXPECT_TRUE(same_file(file, at(name))) << name;
  ASSERT_EQ(link(file.c_str(), at("hard.npy").c_str()), 0);
  EXPECT_TRUE(same_file(file, at("hard.npy")));
  fs::create_symlink("a/s.npy", at("soft.npy"));
  EXPECT_TRUE(same_file(at("soft.npy"), file));
  EXPECT_FALSE(same_file(file, made("a/t.npy")));
  EXPECT_FALSE(same_file(file, at("a/none.npy")));
}

TEST_F(DistinctFiles, SoAreFilesThatAreNotThereYet) {
  fs::create_directories(at("a/b"));
  fs::create_directory_symlink(at("a"), at("link"));
  EXPECT_TRUE(same_file(at("a/new.npy"), at("link/new.npy")));
  EXPECT_TRUE(same_file(at("a/new.npy"), at("a/b/../new.npy")));
  fs::create_symlink("a/new.npy", at("ahead.npy"));
  EXPECT_TRUE(same_file(at("ahead.npy"), at("a/new.npy")));
  EXPECT_FALSE(same_file(at("a/new.npy"), at("a/b/new.npy")));
  EXPECT_TRUE(same_file(at("none/./x"), at("none/x")));
  fs::create_symlink(at("loop"), at("loop"));
  EXPECT_FALSE(same_file(at("loop"), at("a/new.npy")));
  const fs::path before = fs::current_path();
  fs::current_path(folder_.path());
  EXPECT_TRUE(same_file("s.npy", "./s.npy"));
  EXPECT_TRUE(same_file("s.npy", "a/../s.npy"));
  EXPECT_TRUE(same_file("s.npy", at("s.npy")));
  fs::current_path(before);
}

TEST_F(DistinctFiles, WhatIsWrittenTakesNoOthersPlace) {
  const std::string model = made("m.safetensors");
  require_distinct_files(
      {{"--model", model, false}, {"--data", model, false}, {"--out", at("x")}, {"--labels", ""}});
  const auto twice = input_error_of([&] {
    require_distinct_files({{"--out", at("s.npy")}, {"--labels", at("./s.npy")}});
  });
  EXPECT_TRUE(has(twice, {"--labels " + at("./s.npy"), "the file of --out", "name another"}));
  const auto read = input_error_of([&] {
    require_distinct_files({{"--out", model}, {"--model", model, false}});
  });
  EXPECT_TRUE(has(read, {"--out " + model, "the file of --model"}));
}

TEST_F(DistinctFiles, AFileOfARunIsNotReplaced) {
  require_no_run_file("--out", at("history.csv"));  // no run is there
  made("checkpoint.safetensors");
  for (const char* name : {"history.csv", "checkpoint.safetensors", "model.safetensors"})
    EXPECT_TRUE(has(input_error_of([&] { require_no_run_file("--out", at(name)); }), {"--out", name, "run"}));
  require_no_run_file("--out", at("samples.csv"));
}

}  // namespace
}  // namespace lf
