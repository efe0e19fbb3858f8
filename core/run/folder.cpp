#include "run/folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/clock.h"
#include "base/distinct_files.h"
#include "base/errors.h"
#include "base/paths.h"
#include "files/folder_lock.h"
#include "records/report.h"
#include "run/list/label.h"
#include "run/list/summary.h"
#include "run/marks.h"
#include "run/order.h"
#include "run/run_files.h"

namespace lf::run {
namespace fs = std::filesystem;
namespace {

constexpr int kMostOfOneName = 1000;  ///< runs started within one second

/// The entry of a run, with what changes without its files.
RunSummary list_entry(const fs::path& folder, const std::string& current, SummaryCache* cache) {
  RunSummary run = cache ? cache->summary(folder) : summarise_run(folder);
  run.open_elsewhere = files::FolderLock::held_elsewhere(folder);
  if (run.state == "running" && !run.open_elsewhere) run.state = "crashed";
  run.current = !current.empty() && same_place(folder, current);
  return run;
}

/// The problem of a model or a checkpoint in the list of runs; "" if it is a file, or missing.
std::string file_oddity(const fs::path& file) {
  const std::string name = file.filename().string();
  std::string why;
  switch (kind_of(file, &why)) {
    case PathKind::File:
      return "";
    case PathKind::Nothing:
      return is_link(file) ? name + " is a link that leads nowhere" : "";
    case PathKind::Unknown:
      return name + " cannot be read: " + why;
    default:
      return name + " cannot be read: " + no_file_reason(file);
  }
}

/// Why an entry among the runs that looks like a run is none; "" for runs and for other entries:
/// plain files, folders without a model, hidden names.
std::string oddity(const FolderEntry& entry) {
  if (entry.path.filename().string().front() == '.') return "";
  switch (entry.kind) {
    case PathKind::File:
      return "";
    case PathKind::Nothing:
      return "it is a link that leads nowhere";
    case PathKind::Unknown:
      return entry.why;
    case PathKind::Other:
      return no_folder_reason(entry.path);
    case PathKind::Folder:
      break;
  }
  const std::string model = file_oddity(entry.path / kModelName);
  return model.empty() ? file_oddity(entry.path / kCheckpointName) : model;
}

/// Removes the images of a run, and their folder if it is then empty.
void remove_figures(const fs::path& figures) {
  if (!is_link(figures)) {
    for (const FolderEntry& entry : folder_entries(figures).entries) {
      const auto ending = entry.path.extension();
      if (ending == ".png" || ending == ".gif") remove_path(entry.path);
    }
  }
  remove_path(figures);
}

}  // namespace

const std::vector<std::string>& own_run_files() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all = run_files();
    all.insert(all.end(), {files::FolderLock::kName, kRunNumberName, kLabelName, kDamagedLabelName});
    return all;
  }();
  return names;
}

fs::path make_run_folder(const fs::path& root, const std::string& preset, int64_t seed) {
  return make_dated_folder(root, preset + "-s" + std::to_string(seed));
}

fs::path make_dated_folder(const fs::path& root, const std::string& what) {
  std::string why = make_folders(root);
  const std::string name = local_time("%Y%m%d-%H%M%S") + "-" + what;
  for (int i = 1; why.empty() && i < kMostOfOneName; ++i) {
    const fs::path folder = root / (i == 1 ? name : name + "-" + std::to_string(i));
    if (mkdir(folder.c_str(), 0777) == 0) return folder;
    if (errno != EEXIST) why = std::strerror(errno);
  }
  throw RunError("cannot make a run folder under " + root.string() + ": " +
                 (why.empty() ? "all names are taken" : why) +
                 "; set XDG_DATA_HOME to a folder you may write to, or name another place with --out");
}

void prepare_run_folder(const fs::path& folder) {
  if (const std::string why = make_folders(folder); !why.empty())
    throw InputError("cannot use " + folder.string() + " as run folder: " + why +
                     "; name another with --out");
  if (access(folder.c_str(), W_OK) != 0) {
    throw InputError("cannot write into " + folder.string() + ": permission denied; name another with --out");
  }
}

void remove_leftovers(const fs::path& folder) {
  for (const FolderEntry& entry : folder_entries(folder).entries) {
    const std::string name = entry.path.filename().string();
    for (const auto& own : own_run_files())
      if (name.rfind("." + own + ".tmp", 0) == 0) remove_path(entry.path);
  }
  remove_mark_leftovers(folder);
}

fs::path figures_folder(const fs::path& folder) {
  const fs::path figures = folder / "figures";
  if (is_link(figures))
    throw InputError("cannot write figures into " + figures.string() +
                     ": it is a link to another place; remove it");
  const std::string why = make_folders(figures);
  if (!why.empty()) throw RunError("cannot make " + figures.string() + ": " + why);
  return figures;
}

std::string run_name(const fs::path& folder) {
  return without_slash(folder.lexically_normal()).filename().string();
}

bool is_run_folder(const fs::path& folder) {
  return path_exists(folder / kModelName) || path_exists(folder / kCheckpointName);
}

std::vector<RunSummary> list_runs(const fs::path& root, const std::string& current,
                                  std::vector<std::string>* skipped, SummaryCache* cache) {
  std::vector<std::pair<int64_t, RunSummary>> found;
  const FolderEntries listed = folder_entries(root);
  if (!listed.error.empty() && skipped && kind_of(root) != PathKind::Nothing)
    skipped->push_back(root.string() + ": " + listed.error);
  for (const FolderEntry& entry : listed.entries) {
    const std::string odd = oddity(entry);
    if (!odd.empty() && skipped) skipped->push_back(entry.path.string() + ": " + odd);
    if (entry.kind != PathKind::Folder) continue;
    if (!is_file(entry.path / kModelName) && !is_file(entry.path / kCheckpointName)) continue;
    found.emplace_back(run_number(entry.path), list_entry(entry.path, current, cache));
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second.name > b.second.name;
  });
  std::vector<RunSummary> runs;
  for (auto& [number, run] : found) runs.push_back(std::move(run));
  return runs;
}

void delete_run(const fs::path& folder) {
  if (!is_run_folder(folder)) {
    throw InputError("cannot delete " + folder.string() + ": it holds no run (no model and no checkpoint)");
  }
  if (files::FolderLock::held_elsewhere(folder))
    throw InputError("cannot delete " + folder.string() + ": another Latent Flow Explorer works in it");
  const fs::path itself = without_slash(folder);
  if (is_link(itself)) {  // a run in another place stays there
    remove_path(itself);
    return;
  }
  for (const auto& name : own_run_files()) remove_path(folder / name);
  remove_figures(folder / "figures");
  remove_marks(folder);
  remove_path(folder);  // fails, as it should, if there are other files
}

RunCurves load_curves(const fs::path& folder) {
  if (!is_run_folder(folder))
    throw InputError("cannot compare " + folder.string() + ": it holds no run (no model and no checkpoint)");
  const records::History history = stored_history(folder);
  const records::Batches batches = records::batches_of_report(read_text_file(folder / "report.json"));
  return {folder.string(),
          folder.filename().string(),
          history.loss.autoencoder_train,
          history.loss.flow_train,
          history.loss.flow_test,
          history.fd,
          batches.autoencoder,
          batches.flow};
}

}  // namespace lf::run
