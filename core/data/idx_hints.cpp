#include "data/idx_hints.h"

#include <algorithm>

#include "base/paths.h"
#include "data/idx_names.h"
#include "files/ends_with.h"
#include "files/file_kind.h"

namespace lf::data {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostLooked = 500;  ///< entries of a folder examined for a hint
constexpr int kMostFolders = 100;    ///< folders examined for one

std::string lower(std::string text) {
  for (char& letter : text)
    if (letter >= 'A' && letter <= 'Z') letter = char(letter - 'A' + 'a');
  return text;
}

/// An unfinished download of a browser or program.
bool unfinished(const std::string& name) {
  for (const char* ending : {".crdownload", ".part", ".download", ".partial", ".aria2", ".tmp"})
    if (files::ends_with(lower(name), ending)) return true;
  return false;
}

/// "a zip archive" for other kinds in which data sets are distributed; "" for anything else.
std::string data_kind_words(const fs::path& file) {
  const std::string name = lower(file.filename().string());
  const files::FileKind kind = files::file_kind_or_unknown(file);
  switch (kind) {
    case files::FileKind::Zip:
    case files::FileKind::Npz:
    case files::FileKind::Npy:
    case files::FileKind::TorchZip:
    case files::FileKind::Bzip2:
    case files::FileKind::Xz:
    case files::FileKind::Zstd:
    case files::FileKind::SevenZip:
    case files::FileKind::Rar:
    case files::FileKind::Tar:
    case files::FileKind::Parquet:
    case files::FileKind::Arrow:
    case files::FileKind::Hdf5:
    case files::FileKind::Matlab:
    case files::FileKind::Pickle:
    case files::FileKind::LfsPointer:
    case files::FileKind::WebPage:
    case files::FileKind::Safetensors:
      return files::kind_words(kind);
    case files::FileKind::Text:
      return files::ends_with(name, ".csv") || files::ends_with(name, ".tsv") ? "a CSV table" : "";
    default:
      return "";
  }
}

std::string advice_for(const fs::path& file) {
  const files::FileKind kind = files::file_kind_or_unknown(file);
  const std::string advice = files::kind_advice(kind);
  return advice.empty() ? "convert it to the four IDX files first" : advice;
}

/// A name similar to one of the four: a second download ("… (1).gz") or another extension.
bool nearly_named(const std::string& name) {
  const std::string text = lower(name);
  const auto holds = [&](const char* part) { return text.find(part) != std::string::npos; };
  return (holds("train") || holds("t10k") || holds("test")) && (holds("image") || holds("label")) &&
         !parse_idx_name(name);
}

/// The subfolder, at most two levels down, with all four files; "" if there is none among the first
/// `left` folders.
std::string folder_below(const fs::path& folder, int levels, int& left) {
  for (const FolderItem& item : folder_items(folder, kMostLooked)) {
    if (!item.is_folder) continue;
    if (--left < 0) return "";
    if (!find_idx_sets(item.path).empty()) return item.path.string();
    const std::string deeper = levels > 1 ? folder_below(item.path, levels - 1, left) : "";
    if (!deeper.empty()) return deeper;
  }
  return "";
}

}  // namespace

std::vector<FolderItem> folder_items(const fs::path& folder, size_t most) {
  std::vector<FolderItem> items;
  for (const FolderEntry& entry : folder_entries(folder, most).entries) {
    if (entry.kind == PathKind::Folder || entry.kind == PathKind::File)
      items.push_back({entry.path, entry.kind == PathKind::Folder});
  }
  return items;
}

std::string what_lies_there(const fs::path& folder) {
  int left = kMostFolders;
  const std::string below = folder_below(folder, 2, left);
  if (!below.empty()) return "; the four files of a data set are in '" + below + "': name that folder";
  for (const FolderItem& item : folder_items(folder, kMostLooked)) {
    const std::string name = item.path.filename().string();
    if (item.is_folder) continue;
    if (unfinished(name)) return "; '" + name + "' is an unfinished download: fetch it again";
    const std::string kind = data_kind_words(item.path);
    if (!kind.empty()) return "; '" + name + "' is " + kind + ": " + advice_for(item.path);
    if (nearly_named(name)) return "; '" + name + "' may be one of them: rename it";
  }
  return "";
}

std::string file_instead_of_folder(const fs::path& file) {
  const files::FileKind kind = files::file_kind_or_unknown(file);
  const std::string words =
      kind == files::FileKind::Unknown ? "this is a file" : "it is " + files::kind_words(kind);
  const std::string advice = files::kind_advice(kind);
  return words + "; " + (advice.empty() ? "" : advice + ", or ") + "name the folder with the four IDX files";
}

}  // namespace lf::data
