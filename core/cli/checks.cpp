#include "cli/checks.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "messages/command_words.h"
#include "messages/errors.h"

namespace lf {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& option, const std::string& path, const std::string& why) {
  throw InputError(option + " " + path + ": " + why);
}

bool present(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

/// Whether a file can really be made there: permissions alone say little on read-only and special file
/// systems.
bool writable(const fs::path& folder) {
  const auto probe = folder / (".latentflow-probe-" + std::to_string(getpid()));
  const int file = open(probe.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0) return false;
  close(file);
  unlink(probe.c_str());
  return true;
}

/// Folders made for a look, removed again at the end (where they are still empty).
class TrialFolders {
 public:
  /// Makes `path` and what is missing above it.
  explicit TrialFolders(const fs::path& path) {
    for (fs::path part = path; !present(part) && part != part.root_path(); part = part.parent_path()) {
      made_.push_back(part);
    }
    std::error_code error;
    fs::create_directories(path, error);
    failed_ = bool(error);
  }
  ~TrialFolders() {
    for (const auto& folder : made_) rmdir(folder.c_str());
  }
  TrialFolders(const TrialFolders&) = delete;
  TrialFolders& operator=(const TrialFolders&) = delete;
  bool failed() const { return failed_; }

 private:
  std::vector<fs::path> made_;
  bool failed_ = false;
};

fs::path parent_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

}  // namespace

void check_output_file(const std::string& option, const std::string& path,
                       const std::vector<std::string>& extensions) {
  const fs::path file(path);
  const auto extension = file.extension().string();
  if (std::find(extensions.begin(), extensions.end(), extension) == extensions.end()) {
    refuse(option, path, "the name must end in " + joined_names(extensions));
  }
  if (is_folder(file)) refuse(option, path, "this is a folder; name a file");
  const auto folder = parent_of(file);
  if (!is_folder(folder))
    refuse(option, path, "the folder " + folder.string() + " does not exist; make it first");
  if (!writable(folder))
    refuse(option, path, "the folder " + folder.string() + " is not writable; choose another");
}

void check_output_folder(const std::string& option, const std::string& path) {
  const fs::path folder = (fs::absolute(path) / "").lexically_normal().parent_path();
  fs::path existing = folder;
  while (!present(existing) && existing != existing.root_path()) existing = existing.parent_path();
  if (!is_folder(existing))
    refuse(option, path, existing.string() + " is not a folder; choose another place");
  const TrialFolders trial(folder);
  if (trial.failed() || !writable(folder)) {
    refuse(option, path, existing.string() + " is not writable; choose another place");
  }
}

void check_new_run_folder(const std::string& option, const std::string& path) {
  check_output_folder(option, path);
  for (const char* file : {"model.safetensors", "checkpoint.safetensors"}) {
    if (!present(fs::path(path) / file)) continue;
    refuse(option, path, "this folder already holds a run; name another, or continue it with --resume");
  }
}

void check_resumable_folder(const std::string& option, const std::string& path) {
  if (!is_folder(path)) refuse(option, path, "there is no such folder; give the folder of a run");
  if (!present(fs::path(path) / "checkpoint.safetensors")) {
    refuse(option, path, "it holds no checkpoint.safetensors; give the folder of a run");
  }
}

void check_model(const std::string& path) {
  if (!path.empty() && !present(path))
    refuse("--model", path, "there is no such file; give a .safetensors model or a run folder");
}

void check_data_folder(const std::string& path) {
  // A file passes: it may be one of the four, and who reads it says what it is.
  if (!path.empty() && !present(path)) {
    refuse("--data", path, "there is no such folder; give one with the four IDX files");
  }
}

void check_name(const std::string& option, const std::string& name, const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), name) != known.end()) return;
  throw InputError(option + ": unknown value '" + name + "'; known are " + joined_names(known));
}

}  // namespace lf
