// A file's content decides how it is opened; its name does not.
#include <gtest/gtest.h>

#include <algorithm>

#include "drawn_photo.h"
#include "experiment_fixture.h"
#include "files/atomic_write.h"
#include "files/image/png.h"
#include "make_gzip.h"
#include "run/browse.h"

namespace lf::worker {
namespace {

void write_seven(const fs::path& path) {
  const files::Photo photo = testing::Drawn().seven().photo();
  files::write_file_atomically(path,
                               files::encode_png(files::Image8{photo.width, photo.height, 4, photo.rgba}));
}

std::string kind_in(const BrowseBlock& block, const std::string& name) {
  const auto found = std::find_if(block.entries.begin(), block.entries.end(),
                                  [&](const FileEntry& entry) { return entry.name == name; });
  return found == block.entries.end() ? "absent" : found->kind;
}

TEST_F(ExperimentTest, AnImageIsOpenedWhateverItIsCalled) {
  const auto workload = start(true);
  train(*workload, (runs_ / "a").string());
  for (const char* name : {"seven", "SEVEN.PNG", "seven.jpg", "seven.safetensors"}) {
    SCOPED_TRACE(name);
    write_seven(runs_ / name);
    workload->apply(OpenCommand{(runs_ / name).string()});
    const auto shown = look(*workload).reconstruction;
    EXPECT_EQ(shown->origin, name);
    EXPECT_EQ(shown->split, "picture");
    EXPECT_GT(*std::max_element(shown->original.bytes.begin(), shown->original.bytes.end()), 220);
  }
}

TEST_F(ExperimentTest, AModelIsOpenedWhateverItIsCalled) {
  const auto workload = start();
  train(*workload, (runs_ / "a").string());
  for (const char* name : {"model", "model.png", "model.bin"}) {
    fs::copy_file(runs_ / "a" / "model.safetensors", runs_ / name);
    workload->apply(OpenCommand{(runs_ / name).string()});
    EXPECT_EQ(look(*workload).run->model, name);
  }
}

TEST_F(ExperimentTest, ADataFileMeansItsFolder) {
  const auto workload = start();
  const fs::path folder = runs_ / "digits";
  fs::copy(data_, folder);
  const fs::path plain = folder / "t10k-labels-idx1-ubyte";
  workload->apply(OpenCommand{plain.string()});
  EXPECT_EQ(until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Idle; }).run->dataset,
            "digits");
  files::write_file_atomically(plain.string() + ".gz", testing::make_gzip(files::read_file(plain, 1 << 20)));
  fs::remove(plain);
  workload->apply(OpenCommand{plain.string() + ".gz"});
  EXPECT_EQ(until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Idle; }).run->dataset,
            "digits");
  fs::create_directory(runs_ / "alone");
  fs::copy_file(plain.string() + ".gz", runs_ / "alone" / "labels.gz");
  const std::string alone =
      error_of([&] { workload->apply(OpenCommand{(runs_ / "alone/labels.gz").string()}); });
  EXPECT_NE(alone.find("one IDX file"), std::string::npos) << alone;
}

TEST_F(ExperimentTest, WhatCannotBeOpenedIsNamed) {
  const auto workload = start();
  const std::pair<const char*, const char*> files[] = {{"%PDF-1.5", "a PDF document"},
                                                       {"RIFF1234WEBPVP8 ", "a WebP image"},
                                                       {"<!doctype html><html>", "a web page"},
                                                       {"train preset=tiny\n", "a text file"},
                                                       {"", "an empty file"}};
  for (const auto& [bytes, what] : files) {
    files::write_file_atomically(runs_ / "x.png", std::string(bytes));
    const std::string error = error_of([&] { workload->apply(OpenCommand{(runs_ / "x.png").string()}); });
    EXPECT_NE(error.find(what), std::string::npos) << error;
    EXPECT_NE(error.find("x.png"), std::string::npos) << error;
  }
}

TEST_F(ExperimentTest, AListingSaysWhatFilesAre) {
  write_seven(runs_ / "SEVEN.PNG");
  write_seven(runs_ / "no ending");
  files::write_file_atomically(runs_ / "scan.png", std::string("%PDF-1.5"));
  files::write_file_atomically(runs_ / "empty.safetensors", std::string());
  fs::copy_file(data_ / "t10k-labels-idx1-ubyte", runs_ / "labels");
  const auto block = run::list_folder(runs_.string());
  EXPECT_EQ(kind_in(*block, "SEVEN.PNG"), "picture");
  EXPECT_EQ(kind_in(*block, "no ending"), "picture");
  EXPECT_EQ(kind_in(*block, "scan.png"), "PDF");
  EXPECT_EQ(kind_in(*block, "empty.safetensors"), "empty");
  EXPECT_EQ(kind_in(*block, "labels"), "data");
}

}  // namespace
}  // namespace lf::worker
