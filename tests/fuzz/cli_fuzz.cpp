// Command lines: one word per line, with the fake core of the tests of `cli`.
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "cli/cli.h"
#include "fake_workload.h"
#include "fuzz_target.h"

namespace lf::fuzz {
namespace {

/// The process runs in an empty temporary folder, which is removed at its end.
class OwnFolder {
 public:
  OwnFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "latentflow-fuzz-XXXXXX").string();
    require(mkdtemp(name.data()) && chdir(name.c_str()) == 0, "a folder to stand in");
    path_ = name;
  }
  ~OwnFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

 private:
  std::filesystem::path path_;
};

/// No word leads outside the folder of the process.
std::vector<std::string> words_of(const uint8_t* data, size_t size) {
  std::string text = text_of(data, size);
  std::replace(text.begin(), text.end(), '/', '_');
  std::replace(text.begin(), text.end(), '\0', '_');
  std::istringstream lines(text);
  std::vector<std::string> words{"latentflow"};
  for (std::string line; std::getline(lines, line);) words.push_back(line);
  return words;
}

}  // namespace

void fuzz_one(const uint8_t* data, size_t size) {
  static const OwnFolder folder;
  auto words = words_of(data, size);
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  std::ostringstream out, error;
  cli::CliHooks hooks;
  hooks.out = &out;
  hooks.error = &error;
  hooks.torch_version = [] { return std::string("9.9.9"); };
  hooks.accelerator = [] { return AcceleratorFacts{false, "none"}; };
  hooks.load = [](const ExperimentOptions&) {
    return std::make_unique<cli::FakeWorkload>(std::make_shared<cli::FakeRecord>());
  };
  hooks.window = [](const cli::WindowArguments&) { return 0; };
  const int code = cli::cli_main(int(argv.size()), argv.data(), hooks);
  require(code >= 0 && code <= 2, "the exit code is 0, 1 or 2");
  const std::string said = error.str();
  if (code == 2)
    require(std::count(said.begin(), said.end(), '\n') == 1, "bad input is answered by one line");
}

}  // namespace lf::fuzz
