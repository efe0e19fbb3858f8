#include "worker/model_opener.h"

#include <filesystem>

#include "base/errors.h"
#include "base/paths.h"
#include "data/idx_hints.h"
#include "data/mnist.h"
#include "files/file_kind.h"
#include "library/picture.h"
#include "library/plain_errors.h"
#include "run/folder.h"
#include "run/run_files.h"

namespace lf::worker {
namespace fs = std::filesystem;
namespace {

/// The model file of a path, which may name its folder.
fs::path model_file_of(const fs::path& path) { return is_folder(path) ? path / "model.safetensors" : path; }

std::string bundled_model(const ExperimentOptions& options) {
  return (fs::path(options.assets) / "model.safetensors").string();
}

/// The name of an opened model.
std::string name_of(const fs::path& file, bool bundled) {
  if (bundled) return "bundled model";
  return (file.filename() == run::kModelName ? file.parent_path() : file).filename().string();
}

}  // namespace

void ModelOpener::open(const std::string& path) {
  std::string why;
  const PathKind kind = kind_of(path, &why);
  if (kind == PathKind::Nothing)
    throw InputError("cannot open " + path + ": there is no such file or folder");
  if (kind == PathKind::Unknown) throw InputError("cannot open " + path + ": " + why);
  if (kind != PathKind::Folder) return open_file(path);
  if (data::holds_idx_files(path)) return open_data_(path);
  if (!run::is_run_folder(path))
    throw InputError("cannot open " + path + ": it holds neither four IDX files nor a run" +
                     data::what_lies_there(path));
  open_model(path);
  context_.work.folder = path;
}

void ModelOpener::open_bundled() { open_model(bundled_model(context_.options)); }

/// By its first bytes: a model, an image of a digit, or a file of a data set, which stands for
/// its folder.
void ModelOpener::open_file(const std::string& path) {
  const files::FileKind kind = files::file_kind_of(path);
  if (kind == files::FileKind::Json && fs::path(path).stem().extension() == ".index")
    return open_model(path);  // it represents the parts of one model
  switch (kind.use) {
    case files::FileUse::Picture:
      return open_picture(path);
    case files::FileUse::Model:
      return open_model(path);
    case files::FileUse::Data: {
      const fs::path folder = data::data_folder_of(path);
      if (!data::holds_idx_files(folder))
        throw InputError("cannot open " + path + ": it is one IDX file; a data set needs four in one " +
                         "folder, and " + folder.string() + " lacks some");
      return open_data_(folder.string());
    }
    case files::FileUse::None:
      break;
  }
  throw InputError(files::wrong_kind(path, kind, "a model, a data set or an image of a digit"));
}

void ModelOpener::open_picture(const std::string& path) {
  context_.require_model("an image");
  viewer_.views().show_picture(library::load_digit_picture(path), fs::path(path).filename().string());
  context_.publisher.log(LogLevel::Info, "encoding and decoding " + path + " with the autoencoder");
}

void ModelOpener::open_model(const std::string& path) {
  const fs::path file = model_file_of(path), folder = file.parent_path();
  const bool bundled = same_place(folder, context_.options.assets);
  Workspace opened;
  opened.model = inference::load_model(file.string());
  opened.file = file.string();
  opened.name = name_of(file, bundled);
  opened.origin = bundled ? "from the bundled run" : "from " + opened.name;
  opened.score = run::stored_score(*opened.model);
  std::string without_curves;
  try {
    opened.history = run::stored_history(folder);
  } catch (...) {
    without_curves = library::plain_text(std::current_exception());
  }
  if (!bundled) opened.marks = run::Marks(folder);
  run_.replace(std::move(opened));
  Publisher& publisher = context_.publisher;
  for (const char* part : {"model", "history", "gallery"}) publisher.forget_substitute(part);
  if (!without_curves.empty())
    publisher.tell_substitute("history", without_curves + "; the model is shown without its curves");
  viewer_.show_stored(folder.string(), context_.work.origin);
  publisher.log(LogLevel::Info, "opened " + file.string());
}

/// The model opened at the start, the first readable one.
std::vector<std::string> ModelOpener::first_models() const {
  std::vector<std::string> models;
  if (!context_.options.model.empty()) models.push_back(context_.options.model);
  if (!models.empty() && !context_.options.falls_back) return models;
  const std::string bundled = bundled_model(context_.options);
  if (path_exists(bundled)) models.push_back(bundled);
  return models;
}

void ModelOpener::open_first() {
  const ExperimentOptions& options = context_.options;
  // The window opens the bundled model, so that its start is always the same; a command line uses
  // the newest run.
  if (!options.previews && options.model.empty() && open_newest_run()) return;
  Publisher& publisher = context_.publisher;
  std::string missing;
  for (const std::string& model : first_models()) {
    try {
      open_model(model);
      if (!missing.empty())
        publisher.tell_substitute("model", missing + "; the " + context_.work.name + " was opened instead");
      return;
    } catch (...) {
      if (!options.falls_back) throw;
      missing += (missing.empty() ? "" : "; ") + library::plain_text(std::current_exception());
    }
  }
  const std::string none = "no bundled model in " + options.assets + "; train one";
  if (missing.empty()) return publisher.log(LogLevel::Warning, none);
  publisher.tell_substitute("model",
                            missing + "; there is no other model to show: train one, or open another file");
}

/// Opens the run that was made last; if its model is unreadable, the one before it. False: there is
/// none.
bool ModelOpener::open_newest_run() {
  std::vector<std::string> skipped, damaged;
  const std::vector<RunSummary> runs =
      run::list_runs(context_.options.runs, "", &skipped, &context_.publisher.summaries());
  for (const std::string& line : skipped) context_.publisher.warn_once("not listed under Runs: " + line);
  for (const RunSummary& run : runs) {
    const std::string model = run.folder + "/" + run::kModelName;
    if (!is_file(model)) continue;  // only a checkpoint: the run was stopped before it had a model
    try {
      open_model(model);
      const Workspace& work = context_.work;
      name_damaged(damaged, "the run before it, " + work.name + ", is used");
      if (work.model->flow_steps == 0)
        context_.publisher.log(LogLevel::Warning,
                               "the newest run, " + work.name +
                                   ", has an untrained flow, so its digits are noise; open another with "
                                   "--model");
      return true;
    } catch (...) {
      damaged.push_back(library::plain_text(std::current_exception()));
    }
  }
  name_damaged(damaged, "no other run can be read");
  return false;
}

void ModelOpener::name_damaged(const std::vector<std::string>& reasons, const std::string& instead) {
  for (const std::string& reason : reasons)
    context_.publisher.warn_once("not listed under Runs: " + reason + "; " + instead +
                                 ", open another with --model");
}

}  // namespace lf::worker
