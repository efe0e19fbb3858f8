#include "run/browse.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <filesystem>

#include "base/paths.h"
#include "base/user_folders.h"
#include "data/mnist.h"
#include "files/file_kind.h"
#include "run/folder.h"

namespace lf::run {
namespace fs = std::filesystem;
namespace {

using Clock = std::chrono::steady_clock;
constexpr auto kLooking = std::chrono::milliseconds(250);  ///< time limit for reading the files of one folder

/// "model.safetensors.index.json", which represents the parts of one model.
bool is_index(const fs::path& path) {
  return path.extension() == ".json" && path.stem().extension() == ".index";
}

/// The kind by extension alone, if there are too many files to read each.
std::string kind_by_ending(const fs::path& path) {
  std::string ending = path.extension().string();
  for (char& letter : ending) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  if (ending == ".safetensors") return "model";
  for (const char* known : {".png", ".jpg", ".jpeg", ".bmp", ".gif"}) {
    if (ending == known) return "picture";
  }
  return "";
}

std::string purpose_of(const fs::path& path, bool folder, Clock::time_point until) {
  if (folder && is_run_folder(path)) return "run";
  if (folder) return Clock::now() < until && data::holds_idx_files(path) ? "data" : "";
  if (is_index(path)) return "model";
  if (Clock::now() > until) return kind_by_ending(path);
  return files::file_kind_or_unknown(path).word;  // unreadable, or a pipe: opening it reports why
}

fs::path home() {
  const fs::path folder = home_folder();
  return folder.empty() ? fs::path("/") : folder;
}

}  // namespace

std::shared_ptr<const BrowseBlock> list_folder(const std::string& path) {
  auto block = std::make_shared<BrowseBlock>();
  const fs::path folder = resolved_path(path.empty() ? home() : fs::path(path));
  block->path = folder.string();
  block->parent = folder.parent_path().string();
  const auto until = Clock::now() + kLooking;
  const FolderEntries found = folder_entries(folder);
  for (const FolderEntry& entry : found.entries) {
    const std::string name = entry.path.filename().string();
    if (name.front() == '.') continue;
    const bool is_folder = entry.kind == PathKind::Folder;
    const auto bytes = is_folder ? 0 : static_cast<int64_t>(file_bytes(entry.path));
    block->entries.push_back({name, is_folder, bytes, purpose_of(entry.path, is_folder, until)});
  }
  if (!found.error.empty()) block->error = "cannot list " + folder.string() + ": " + found.error;
  std::sort(block->entries.begin(), block->entries.end(), [](const FileEntry& a, const FileEntry& b) {
    return a.folder != b.folder ? a.folder : a.name < b.name;
  });
  return block;
}

}  // namespace lf::run
