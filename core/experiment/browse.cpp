#include "experiment/browse.h"

#include <algorithm>
#include <filesystem>

#include "data/mnist.h"
#include "experiment/run_folder.h"
#include "files/paths.h"
#include "files/user_folders.h"

namespace lf {
namespace fs = std::filesystem;
namespace {

std::string purpose_of(const fs::path& path, bool folder) {
  if (folder) return is_run_folder(path) ? "run" : holds_idx_files(path) ? "data" : "";
  const auto extension = path.extension();
  const bool index = path.stem().extension() == ".index" && extension == ".json";
  if (extension == ".safetensors" || index) return "model";
  return extension == ".png" ? "picture" : "";
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
  const FolderEntries found = folder_entries(folder);
  for (const FolderEntry& entry : found.entries) {
    const std::string name = entry.path.filename().string();
    if (name.front() == '.') continue;
    const bool is_folder = entry.kind == PathKind::Folder;
    const auto bytes = is_folder ? 0 : static_cast<int64_t>(file_bytes(entry.path));
    block->entries.push_back({name, is_folder, bytes, purpose_of(entry.path, is_folder)});
  }
  if (!found.error.empty()) block->error = "cannot list " + folder.string() + ": " + found.error;
  std::sort(block->entries.begin(), block->entries.end(), [](const FileEntry& a, const FileEntry& b) {
    return a.folder != b.folder ? a.folder : a.name < b.name;
  });
  return block;
}

}  // namespace lf
