#include "run/list/trash.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/errors.h"
#include "base/number_text.h"
#include "base/paths.h"
#include "files/folder_lock.h"
#include "run/folder.h"
#include "run/list/summary.h"

namespace lf::run {
namespace fs = std::filesystem;
namespace {

/// One numbered folder of the trash.
struct Slot {
  int64_t number = 0;
  fs::path folder;
};

std::vector<Slot> slots_of(const fs::path& trash) {
  std::vector<Slot> slots;
  if (is_link(trash)) return slots;  // a foreign runs folder must not lead elsewhere
  for (const FolderEntry& entry : folder_entries(trash).entries) {
    const auto number = parse_integer(entry.path.filename().string());
    if (number && *number > 0 && entry.kind == PathKind::Folder && !is_link(entry.path))
      slots.push_back({*number, entry.path});
  }
  std::sort(slots.begin(), slots.end(), [](const Slot& a, const Slot& b) { return a.number > b.number; });
  return slots;
}

/// A new slot with the largest number.
fs::path make_slot(const fs::path& trash) {
  if (is_link(trash))
    throw InputError("cannot use " + trash.string() + ": it is a link to another place; remove it");
  std::string why = make_folders(trash);
  const std::vector<Slot> slots = slots_of(trash);
  constexpr int kAttempts = 100;  // another program may take the same number
  for (int64_t i = 1; why.empty() && i <= kAttempts; ++i) {
    const fs::path slot = trash / std::to_string((slots.empty() ? 0 : slots.front().number) + i);
    if (mkdir(slot.c_str(), 0777) == 0) return slot;
    if (errno != EEXIST) why = std::strerror(errno);
  }
  throw RunError("cannot use the trash " + trash.string() + ": " +
                 (why.empty() ? "its names are taken" : why));
}

/// What is in a slot: a run, or the link to one.
std::vector<fs::path> content_of(const fs::path& slot) {
  std::vector<fs::path> content;
  for (const FolderEntry& entry : folder_entries(slot).entries) content.push_back(entry.path);
  return content;
}

void require_deletable(const fs::path& run, const fs::path& root) {
  const std::string cannot = "cannot delete " + run.string() + ": ";
  if (!is_run_folder(run)) throw InputError(cannot + "it holds no run (no model and no checkpoint)");
  if (!same_place(folder_of(absolute_path(run)), root))
    throw InputError(cannot + "it is not in the runs folder " + root.string() +
                     ", whose trash takes only runs from there; remove the folder yourself");
  if (files::FolderLock::held_elsewhere(run))
    throw InputError(cannot + "another Latent Flow Explorer works in it");
}

/// The run that restore_from_trash() names; "" if it is not there.
fs::path find_in_trash(const fs::path& folder, const fs::path& root) {
  for (const Slot& slot : slots_of(trash_folder(root))) {
    for (const fs::path& run : content_of(slot.folder)) {
      const bool named = same_place(folder_of(absolute_path(folder)), slot.folder) ||
                         same_place(folder_of(absolute_path(folder)), root) || !folder.has_parent_path();
      if (named && run.filename() == folder.filename()) return run;
    }
  }
  return {};
}

}  // namespace

fs::path trash_folder(const fs::path& root) { return root / ".trash"; }

fs::path move_to_trash(const fs::path& folder, const fs::path& root) {
  const fs::path run = without_slash(folder);
  require_deletable(run, root);
  const fs::path slot = make_slot(trash_folder(root)), place = slot / run.filename();
  const std::string why = rename_path(run, place);
  if (why.empty()) return place;
  remove_path(slot);
  throw RunError("cannot move " + run.string() + " to the trash " + slot.string() + ": " + why);
}

fs::path restore_from_trash(const fs::path& folder, const fs::path& root) {
  const fs::path named = without_slash(folder), run = find_in_trash(named, root);
  if (run.empty())
    throw InputError("cannot restore " + named.string() + ": it is not in the trash " +
                     trash_folder(root).string());
  const fs::path place = root / run.filename();
  const std::string why = rename_path(run, place);
  if (!why.empty()) throw InputError("cannot restore " + run.string() + ": " + why + "; move that first");
  remove_path(run.parent_path());
  return place;
}

std::vector<TrashedRun> list_trash(const fs::path& root) {
  std::vector<TrashedRun> found;
  for (const Slot& slot : slots_of(trash_folder(root)))
    for (const fs::path& run : content_of(slot.folder))
      found.push_back({run.string(), run.filename().string(), run_bytes(run)});
  return found;
}

EmptiedTrash empty_trash(const fs::path& root) {
  EmptiedTrash emptied;
  for (const Slot& slot : slots_of(trash_folder(root))) {
    for (const fs::path& run : content_of(slot.folder)) {
      const int64_t bytes = run_bytes(run);
      try {
        if (is_link(run))
          remove_path(run);
        else
          delete_run(run);
      } catch (const InputError& kept) {
        emptied.kept.push_back(kept.what());
        continue;
      }
      ++emptied.runs;
      emptied.bytes += bytes - run_bytes(run);
      if (path_exists(run))
        emptied.kept.push_back(run.string() + ": it also holds files that are not a run's");
    }
    remove_path(slot.folder);  // fails, as it should, if something is kept
  }
  remove_path(trash_folder(root));
  return emptied;
}

}  // namespace lf::run
