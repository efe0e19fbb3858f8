#include "run/order.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/errors.h"
#include "base/number_text.h"
#include "base/paths.h"
#include "files/atomic_write.h"
#include "run/list/trash.h"

namespace lf::run {
namespace {

/// The largest number of the runs directly in `root`, and in the folders of its trash.
int64_t largest_number(const std::filesystem::path& root, const std::filesystem::path& without) {
  int64_t largest = 0;
  std::vector<std::filesystem::path> roots{root};
  for (const FolderEntry& slot : folder_entries(trash_folder(root)).entries) roots.push_back(slot.path);
  for (const std::filesystem::path& each : roots)
    for (const FolderEntry& entry : folder_entries(each).entries)
      if (entry.kind == PathKind::Folder && !same_place(entry.path, without))
        largest = std::max(largest, run_number(entry.path));
  return largest;
}

constexpr uint64_t kMostBytes = 64;
constexpr int64_t kLargest = 1'000'000'000'000'000;  ///< larger values are invalid

}  // namespace

int64_t run_number(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / kRunNumberName;
  if (!is_file(file)) return 0;
  try {
    const auto bytes = files::read_file(file, kMostBytes);
    std::string text(bytes.begin(), bytes.end());
    text.erase(text.find_last_not_of(" \r\n") + 1);
    const int64_t number = parse_integer(text).value_or(0);
    return number > 0 && number <= kLargest ? number : 0;
  } catch (const InputError&) {
    return 0;
  }
}

void number_run(const std::filesystem::path& folder, const std::filesystem::path& root) {
  const int64_t largest = largest_number(root, folder);
  files::write_file_atomically(folder / kRunNumberName,
                               std::to_string(std::min(largest + 1, kLargest)) + "\n");
}

}  // namespace lf::run
