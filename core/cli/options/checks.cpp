#include "cli/options/checks.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "base/command_words.h"
#include "base/errors.h"
#include "base/paths.h"

namespace lf::cli {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse_path(const std::string& option, const std::string& path, const std::string& why) {
  throw InputError(option + " " + path + ": " + why);
}

/// True if a file can really be created there: permissions alone are unreliable on read-only and
/// special file systems.
bool writable(const fs::path& folder) {
  const auto probe = folder / (".latentflow-probe-" + std::to_string(getpid()));
  const int file = open(probe.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0) return false;
  close(file);
  unlink(probe.c_str());
  return true;
}

/// Folders created for a check, removed again at the end (if still empty).
class TrialFolders {
 public:
  /// Creates `path` and its missing parents.
  explicit TrialFolders(const fs::path& path) {
    for (fs::path part = path; !path_exists(part) && part != part.root_path(); part = part.parent_path())
      made_.push_back(part);
    failure_ = make_folders(path);
  }
  ~TrialFolders() {
    for (const auto& folder : made_) rmdir(folder.c_str());
  }
  TrialFolders(const TrialFolders&) = delete;
  TrialFolders& operator=(const TrialFolders&) = delete;
  const std::string& failure() const { return failure_; }  ///< "" if it exists

 private:
  std::vector<fs::path> made_;
  std::string failure_;
};

}  // namespace

void check_output_file(const std::string& option, const std::string& path,
                       const std::vector<std::string>& extensions) {
  const fs::path file(path);
  const auto extension = file.extension().string();
  if (std::find(extensions.begin(), extensions.end(), extension) == extensions.end()) {
    refuse_path(option, path, "the name must end in " + joined_names(extensions));
  }
  std::string why;
  const PathKind kind = kind_of(file, &why);
  if (kind == PathKind::Folder) refuse_path(option, path, "this is a folder; name a file");
  if (kind == PathKind::Unknown) refuse_path(option, path, why + "; name another file");
  require_no_run_file(option, path);
  const auto folder = folder_of(file);
  const PathKind place = kind_of(folder, &why);
  if (place == PathKind::Unknown)
    refuse_path(option, path,
                "the folder " + folder.string() + " cannot be used: " + why + "; choose another");
  if (place != PathKind::Folder)
    refuse_path(option, path, "the folder " + folder.string() + " does not exist; make it first");
  if (!writable(folder))
    refuse_path(option, path, "the folder " + folder.string() + " is not writable; choose another");
}

void check_output_folder(const std::string& option, const std::string& path) {
  const fs::path folder = without_slash(path);
  fs::path existing = folder;
  while (!path_exists(existing) && existing != existing.root_path() && existing != ".")
    existing = folder_of(existing);
  if (!is_folder(existing))
    refuse_path(option, path, existing.string() + " is not a folder; choose another place");
  const TrialFolders trial(folder);
  if (!may_write_into(existing))
    refuse_path(option, path, existing.string() + " is not writable; choose another place");
  if (!trial.failure().empty())
    refuse_path(option, path, "the folder cannot be made: " + trial.failure() + "; choose another place");
  if (!writable(folder))
    refuse_path(option, path, folder.string() + " is not writable; choose another place");
}

void check_new_run_folder(const std::string& option, const std::string& path) {
  check_output_folder(option, path);
  for (const char* file : {"model.safetensors", "checkpoint.safetensors"}) {
    if (!path_exists(fs::path(path) / file)) continue;
    refuse_path(option, path, "this folder already holds a run; name another, or continue it with --resume");
  }
}

void check_resumable_folder(const std::string& option, const std::string& path) {
  if (const std::string why = no_folder_reason(path); !why.empty())
    refuse_path(option, path, why + "; give the folder of a run");
  if (!path_exists(fs::path(path) / "checkpoint.safetensors")) {
    refuse_path(option, path, "it holds no checkpoint.safetensors; give the folder of a run");
  }
}

void check_model(const std::string& path) {
  if (path.empty() || path_exists(path)) return;
  refuse_path("--model", path, no_file_reason(path) + "; give a .safetensors model or a run folder");
}

void check_distinct_files(std::vector<NamedFile> files) {
  for (NamedFile& file : files)
    if (!file.written && is_folder(file.path))
      file.path = (fs::path(file.path) / "model.safetensors").string();
  require_distinct_files(files);
}

void check_judge(const std::string& path) {
  if (path.empty() || path_exists(path)) return;
  refuse_path("--judge", path,
              no_file_reason(path) + "; train one with: latentflow judge --data DIR --out FILE");
}

void check_data_folder(const std::string& path) {
  if (path.empty() || path_exists(path)) return;  // a file stands for its folder
  refuse_path("--data", path, no_folder_reason(path) + "; give one with the four IDX files");
}

void check_name(const std::string& option, const std::string& name, const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), name) != known.end()) return;
  throw InputError(option + ": unknown value '" + name + "'; known are " + joined_names(known));
}

}  // namespace lf::cli
