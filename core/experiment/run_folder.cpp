#include "experiment/run_folder.h"

#include <unistd.h>

#include <algorithm>

#include "experiment/clock.h"
#include "experiment/history.h"
#include "experiment/run_report.h"
#include "experiment/run_store.h"
#include "files/folder_lock.h"
#include "messages/errors.h"

namespace lf {
namespace fs = std::filesystem;
namespace {

RunSummary summarise(const fs::path& folder) {
  RunSummary run;
  run.folder = folder.string();
  run.name = folder.filename().string();
  read_report(read_text_file(folder / "report.json"), run);
  run.open_elsewhere = FolderLock::held_elsewhere(folder);
  if (run.state == "running" && !run.open_elsewhere) run.state = "crashed";
  run.resumable = fs::exists(folder / "checkpoint.safetensors");
  return run;
}

const std::vector<std::string>& own_files() {
  static const std::vector<std::string> names{
      "model.safetensors", "checkpoint.safetensors", "gallery.safetensors", "history.csv",
      "report.json",       "commands.log",           FolderLock::kName};
  return names;
}

/// Removes the pictures of a run, and their folder where nothing else is in it.
void remove_figures(const fs::path& figures) {
  std::error_code error;
  std::vector<fs::path> pictures;
  if (!fs::is_symlink(figures, error)) {
    for (const auto& entry : fs::directory_iterator(figures, error)) {
      const auto ending = entry.path().extension();
      if (ending == ".png" || ending == ".gif") pictures.push_back(entry.path());
    }
  }
  for (const auto& picture : pictures) fs::remove(picture, error);
  fs::remove(figures, error);
}

}  // namespace

fs::path make_run_folder(const fs::path& root, const std::string& preset, int64_t seed) {
  std::error_code error;
  fs::create_directories(root, error);
  const std::string name = local_time("%Y%m%d-%H%M%S") + "-" + preset + "-s" + std::to_string(seed);
  for (int i = 1; i < 1000; ++i) {
    const fs::path folder = root / (i == 1 ? name : name + "-" + std::to_string(i));
    if (fs::create_directory(folder, error)) return folder;
    if (error) break;
  }
  throw RunError("cannot make a run folder under " + root.string() + ": " + error.message() +
                 "; name another place with --out");
}

void prepare_run_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder)) {
    throw InputError("cannot use " + folder.string() +
                     " as run folder: " + (error ? error.message() : std::string("it is not a folder")) +
                     "; name another with --out");
  }
  if (access(folder.c_str(), W_OK) != 0) {
    throw InputError("cannot write into " + folder.string() + ": permission denied; name another with --out");
  }
}

void remove_leftovers(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> left;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    for (const auto& own : own_files())
      if (name.rfind("." + own + ".tmp", 0) == 0) left.push_back(entry.path());
  }
  for (const auto& file : left) fs::remove(file, error);
}

fs::path figures_folder(const fs::path& folder) {
  const fs::path figures = folder / "figures";
  std::error_code error;
  if (fs::is_symlink(figures, error))
    throw InputError("cannot write figures into " + figures.string() +
                     ": it is a link to another place; remove it");
  fs::create_directories(figures, error);
  if (error) throw RunError("cannot make " + figures.string() + ": " + error.message());
  return figures;
}

bool is_run_folder(const fs::path& folder) {
  return fs::exists(folder / "model.safetensors") || fs::exists(folder / "checkpoint.safetensors");
}

std::vector<RunSummary> list_runs(const fs::path& root, const std::string& current) {
  std::vector<RunSummary> runs;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(root, error)) {
    if (!entry.is_directory(error) || !is_run_folder(entry.path())) continue;
    runs.push_back(summarise(entry.path()));
    runs.back().current = !current.empty() && fs::equivalent(entry.path(), current, error);
  }
  std::sort(runs.begin(), runs.end(),
            [](const RunSummary& a, const RunSummary& b) { return a.name > b.name; });
  return runs;
}

fs::path newest_model(const fs::path& root) {
  for (const auto& run : list_runs(root, "")) {
    const fs::path model = fs::path(run.folder) / "model.safetensors";
    if (fs::exists(model)) return model;
  }
  return {};
}

void delete_run(const fs::path& folder) {
  if (!is_run_folder(folder)) {
    throw InputError("cannot delete " + folder.string() + ": it holds no run (no model and no checkpoint)");
  }
  if (FolderLock::held_elsewhere(folder))
    throw InputError("cannot delete " + folder.string() + ": another Latent Flow Explorer works in it");
  std::error_code error;
  const fs::path itself = (folder / "").lexically_normal().parent_path();  // without a slash at its end
  if (fs::is_symlink(itself, error)) {  // a run that lies elsewhere stays there
    fs::remove(itself, error);
    return;
  }
  for (const auto& name : own_files()) fs::remove(folder / name, error);
  remove_figures(folder / "figures");
  fs::remove(folder, error);  // fails, rightly, when somebody put other files there
}

RunCurves load_curves(const fs::path& folder) {
  const fs::path file = folder / "history.csv";
  const History history = parse_history(read_text_file(file), file.string());
  return {folder.string(),         folder.filename().string(), history.loss.autoencoder_train,
          history.loss.flow_train, history.loss.flow_test,     history.fd};
}

}  // namespace lf
