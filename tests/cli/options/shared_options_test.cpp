#include "cli/options/shared_options.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "scoped_environment.h"
#include "temporary_folder.h"

namespace lf::cli {
namespace {

TEST(RunOrPath, FindsARunByItsNameAndKeepsEverythingElse) {
  const lf::testing::TemporaryFolder folder;
  const lf::testing::ScopedEnvironment data("XDG_DATA_HOME", folder.path().c_str());
  const auto runs = folder.path() / "latentflow" / "runs";
  std::filesystem::create_directories(runs / "mine");
  EXPECT_EQ(run_or_path("mine"), (runs / "mine").string());
  EXPECT_EQ(run_or_path("other"), "other");
  EXPECT_EQ(run_or_path("a/mine"), "a/mine");
  EXPECT_EQ(run_or_path(""), "");
}

TEST(RunOrPath, IsWhatModelOptionsTake) {
  const lf::testing::TemporaryFolder folder;
  const lf::testing::ScopedEnvironment data("XDG_DATA_HOME", folder.path().c_str());
  const auto run = folder.path() / "latentflow" / "runs" / "mine";
  std::filesystem::create_directories(run);
  CLI::App app;
  std::string model;
  add_model(app, model);
  app.parse(std::vector<std::string>{"mine", "--model"});
  EXPECT_EQ(model, run.string());
}

}  // namespace
}  // namespace lf::cli
