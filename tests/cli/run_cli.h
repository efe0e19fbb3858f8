// Runs the command line in this process with a fake workload.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "cli/cli.h"
#include "fake_workload.h"
#include "input_error_of.h"

namespace lf::cli {

/// Output and exit code of one call of the program.
struct CliRun {
  int code = -1;
  std::string out, error;
  std::shared_ptr<FakeRecord> record;

  std::vector<nlohmann::json> json_lines() const {
    std::vector<nlohmann::json> lines;
    std::istringstream input(out);
    for (std::string line; std::getline(input, line);) lines.push_back(nlohmann::json::parse(line));
    return lines;
  }
  bool asked(const std::string& line) const {
    return std::count(record->commands.begin(), record->commands.end(), line) == 1;
  }
  /// The one line of an error.
  bool error_is_one_line() const { return std::count(error.begin(), error.end(), '\n') == 1; }
};

/// Calls cli_main with these arguments; `hooks` may contain a window.
inline CliRun run_cli(const std::vector<std::string>& arguments, FakeRecord wishes = {},
                      CliHooks hooks = {}) {
  CliRun run;
  run.record = std::make_shared<FakeRecord>(std::move(wishes));
  std::ostringstream out, error;
  hooks.out = &out;
  hooks.error = &error;
  hooks.torch_version = [] { return std::string("9.9.9"); };
  hooks.accelerator = [found = run.record->accelerator] {
    return AcceleratorFacts{found, found ? "a card" : "the plug-in is not built"};
  };
  hooks.load = [record = run.record](const ExperimentOptions& options) {
    record->options = options;
    return std::make_unique<FakeWorkload>(record);
  };
  std::vector<std::string> words{"latentflow"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  run.code = cli_main(int(argv.size()), argv.data(), hooks);
  run.out = out.str();
  run.error = error.str();
  return run;
}

/// A temporary folder for a test.
class TemporaryFolder {
 public:
  TemporaryFolder()
      : path_(std::filesystem::path(::testing::TempDir()) /
              ("latentflow_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()) +
               "_" + std::to_string(getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  std::string text() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace lf::cli
