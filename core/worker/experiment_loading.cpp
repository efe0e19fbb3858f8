// Start-up and opening: the model first (something to look at within a second), then the judge, then the
// digits. A window's start never ends in an error: what cannot be read is told, and the next source is used.
#include <filesystem>

#include "base/errors.h"
#include "base/paths.h"
#include "files/file_kind.h"
#include "library/picture.h"
#include "library/plain_errors.h"
#include "run/folder.h"
#include "worker/experiment_workload.h"

namespace lf {
namespace {

namespace fs = std::filesystem;

/// The model file that a path means, which may name its folder.
fs::path model_file_of(const fs::path& path) { return is_folder(path) ? path / "model.safetensors" : path; }

}  // namespace

void Experiment::load_slice() {
  try {
    load_stage();
  } catch (...) {
    if (!options_.falls_back) throw;
    tell_error(plain_text(std::current_exception()), true, false);
  }
}

/// One stage, or one slice of the last. Each hands over to the next before anything in it can fail.
void Experiment::load_stage() {
  switch (loading_) {
    case Loading::Model:
      loading_ = Loading::Runs;
      if (options_.open_model && !work_.model) load_first_model();  // a command may have opened one already
      break;
    case Loading::Runs:
      loading_ = Loading::Judge;
      list_runs_again();  // what can go on is offered at once, but the first picture comes before
      break;
    case Loading::Judge:
      loading_ = options_.need_data || data_loader_ ? Loading::Data : Loading::Ready;
      choose_judge();
      break;
    case Loading::Data:
      data_slice();
      break;
    case Loading::Ready:
      break;
  }
}

/// The first digits out of noise come before the data: they are what the first second is for.
bool Experiment::first_look_due() const {
  const bool wanted = options_.previews && work_.model && views_.blocks().flow->digits == 0;
  return wanted && !first_look_failed_ && view_due();
}

/// A picture that cannot be drawn must not keep the digits from being read.
void Experiment::first_look_slice() {
  try {
    view_slice();
  } catch (...) {
    first_look_failed_ = true;
    if (!options_.falls_back) throw;
    tell_error(plain_text(std::current_exception()), false, false);
  }
}

/// What is opened at the start, the first that can be read.
std::vector<std::string> Experiment::first_models() const {
  std::vector<std::string> models;
  if (!options_.model.empty()) models.push_back(options_.model);
  if (!models.empty() && !options_.falls_back) return models;
  const fs::path shipped = fs::path(options_.assets) / "model.safetensors";
  if (path_exists(shipped)) models.push_back(shipped.string());
  return models;
}

void Experiment::load_first_model() {
  // The window opens what it was shipped with, so that the first second is always the same; a command line
  // wants the newest run.
  if (!options_.previews && options_.model.empty() && open_newest_run()) return;
  std::string missing;
  for (const std::string& model : first_models()) {
    try {
      open_model_file(model);
      if (!missing.empty()) tell_substitute("model", missing + "; the " + work_.name + " was opened instead");
      return;
    } catch (...) {
      if (!options_.falls_back) throw;
      missing += (missing.empty() ? "" : "; ") + plain_text(std::current_exception());
    }
  }
  const std::string none = "no shipped model in " + options_.assets + "; train one";
  if (missing.empty()) return log(LogLevel::Warning, none);
  tell_substitute("model", missing + "; there is no other model to show: train one, or open another file");
}

void Experiment::open_model_file(const std::string& path) {
  const fs::path file = model_file_of(path), folder = file.parent_path();
  const bool shipped = same_place(folder, options_.assets);
  Workspace opened;
  opened.model = load_model(file.string());
  opened.name = shipped                                  ? "shipped model"
                : file.filename() == "model.safetensors" ? folder.filename().string()
                                                         : file.filename().string();
  opened.origin = shipped ? "from the shipped run" : "from " + opened.name;
  opened.score = stored_score(*opened.model);
  std::string without_curves;
  try {
    opened.history = stored_history(folder);
  } catch (...) {
    without_curves = plain_text(std::current_exception());
  }
  keep_run();
  running_ = false;
  drop_work();
  work_ = std::move(opened);
  live_score_ = Score{};
  show_model();
  for (const char* part : {"model", "history", "gallery"}) forget_substitute(part);
  if (!without_curves.empty())
    tell_substitute("history", without_curves + "; the model is shown without its curves");
  show_stored(folder.string(), work_.origin);
  log(LogLevel::Info, "opened " + file.string());
}

/// The gallery beside a model, where it can be read: what it holds is computed anew otherwise.
void Experiment::show_stored(const std::string& folder, const std::string& origin) {
  const fs::path file = fs::path(folder) / "gallery.safetensors";
  if (!options_.previews || !path_exists(file)) return;
  try {
    views_.show_gallery(load_gallery(file.string()), origin);
  } catch (...) {
    show_model();  // nothing of half a gallery
    tell_substitute("gallery", plain_text(std::current_exception()) +
                                   "; the model is shown without its stored images until they are computed");
  }
}

void Experiment::open_file(const std::string& path) {
  const FileKind kind = file_kind_of(path);
  if (kind == FileKind::Json && fs::path(path).stem().extension() == ".index")
    return open_model_file(path);  // it stands for the parts of one model
  switch (kind.use) {
    case FileUse::Picture:
      return open_picture(path);
    case FileUse::Model:
      return open_model_file(path);
    case FileUse::Data: {
      const fs::path folder = data_folder_of(path);
      if (!holds_idx_files(folder))
        throw InputError("cannot open " + path + ": it is one IDX file; a data set is four of them in one " +
                         "folder, and " + folder.string() + " lacks some");
      return begin_opening(folder.string());
    }
    case FileUse::None:
      break;
  }
  throw InputError(wrong_kind(path, kind, "a model, a data set or an image of a digit"));
}

void Experiment::open_picture(const std::string& path) {
  require_model("a picture");
  views_.show_picture(load_digit_picture(path), fs::path(path).filename().string());
  log(LogLevel::Info, "showing " + path + " through the autoencoder");
}

void Experiment::require_model(const char* what) const {
  if (!work_.model) throw InputError(std::string(what) + " needs a model; train one or open one first");
}

}  // namespace lf
