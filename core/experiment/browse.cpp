#include "experiment/browse.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "data/mnist.h"
#include "experiment/run_folder.h"
#include "files/file_kind.h"
#include "messages/errors.h"

namespace lf {
namespace fs = std::filesystem;
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kLooking = std::chrono::milliseconds(250);  ///< the time to look into the files of one folder

/// The kind by the ending alone, where there are too many files to look into each.
std::string kind_by_ending(const fs::path& path) {
  std::string ending = path.extension().string();
  for (char& letter : ending) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  if (ending == ".safetensors") return "model";
  for (const char* known : {".png", ".jpg", ".jpeg", ".bmp", ".gif"}) {
    if (ending == known) return "picture";
  }
  return "";
}

std::string kind_of(const fs::path& path, bool folder, Clock::time_point until) {
  if (folder) return is_run_folder(path) ? "run" : holds_idx_files(path) ? "data" : "";
  if (Clock::now() > until) return kind_by_ending(path);
  try {
    return file_kind_of(path).word;
  } catch (const InputError&) {  // a pipe, or unreadable: opening it says why
    return "";
  }
}

fs::path home() {
  const char* folder = std::getenv("HOME");
  return folder && *folder ? fs::path(folder) : fs::path("/");
}

}  // namespace

std::shared_ptr<const BrowseBlock> list_folder(const std::string& path) {
  auto block = std::make_shared<BrowseBlock>();
  std::error_code error;
  fs::path folder = path.empty() ? home() : fs::path(path);
  const fs::path absolute = fs::weakly_canonical(folder, error);
  if (!error) folder = absolute;
  block->path = folder.string();
  block->parent = folder.parent_path().string();
  const auto until = Clock::now() + kLooking;
  for (const auto& entry :
       fs::directory_iterator(folder, fs::directory_options::skip_permission_denied, error)) {
    const std::string name = entry.path().filename().string();
    std::error_code ignored;
    const bool is_folder = entry.is_directory(ignored);
    if (name.front() == '.') continue;
    const auto bytes = is_folder ? 0 : static_cast<int64_t>(entry.file_size(ignored));
    block->entries.push_back({name, is_folder, ignored ? 0 : bytes, kind_of(entry.path(), is_folder, until)});
  }
  if (error) block->error = "cannot list " + folder.string() + ": " + error.message();
  std::sort(block->entries.begin(), block->entries.end(), [](const FileEntry& a, const FileEntry& b) {
    return a.folder != b.folder ? a.folder : a.name < b.name;
  });
  return block;
}

}  // namespace lf
