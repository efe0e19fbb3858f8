// Start-up and opening: the model first (something to look at within a second), then the judge, then the
// digits.
#include <filesystem>

#include "data/batches.h"
#include "data/mnist.h"
#include "experiment/experiment_workload.h"
#include "experiment/picture.h"
#include "experiment/run_folder.h"
#include "files/file_kind.h"
#include "messages/errors.h"

namespace lf {
namespace fs = std::filesystem;

void Experiment::load_slice() {
  switch (loading_) {
    case Loading::Model:
      loading_ = Loading::Judge;
      if (options_.open_model) load_first_model();
      break;
    case Loading::Judge:
      list_runs_again();  // what can go on is offered at once, but the first picture comes before
      load_judge();
      if (!options_.need_data) {
        loading_ = Loading::Ready;
      } else {
        data_loader_ = std::make_unique<DataLoader>(options_.data, options_.allow_download);
        loading_ = Loading::Data;
      }
      break;
    case Loading::Data: {
      const bool more = data_loader_->advance();
      if (more) break;
      if (!data_loader_->notice().empty()) log(LogLevel::Warning, data_loader_->notice());
      adopt_data(data_loader_->take());
      data_loader_.reset();
      loading_ = Loading::Ready;
      const auto waiting = std::move(waiting_);
      waiting_.clear();
      for (const auto& command : waiting) std::visit([this](const auto& what) { obey(what); }, command.what);
      break;
    }
    case Loading::Ready:
      break;
  }
}

void Experiment::load_first_model() {
  if (!options_.model.empty()) return open_model_file(options_.model);
  const fs::path shipped = fs::path(options_.assets) / "model.safetensors";
  // The window opens what it was shipped with, so that the first second is always the same; a command line
  // wants the newest run.
  const fs::path newest = options_.previews ? fs::path() : newest_model(options_.runs);
  if (!newest.empty()) return open_model_file(newest.string());
  if (!fs::exists(shipped)) {
    log(LogLevel::Warning, "no shipped model in " + options_.assets + "; train one");
    return;
  }
  open_model_file(shipped.string());
}

void Experiment::open_model_file(const std::string& path) {
  const fs::path given(path);
  const fs::path file = fs::is_directory(given) ? given / "model.safetensors" : given;
  std::error_code error;
  const bool shipped = fs::equivalent(file.parent_path(), options_.assets, error);
  Workspace opened;
  opened.model = load_model(file.string());
  opened.name = shipped                                  ? "shipped model"
                : file.filename() == "model.safetensors" ? file.parent_path().filename().string()
                                                         : file.filename().string();
  opened.origin = shipped ? "from the shipped run" : "from " + opened.name;
  opened.score = stored_score(*opened.model);
  const fs::path curves = file.parent_path() / "history.csv";
  if (fs::exists(curves)) opened.history = parse_history(read_text_file(curves), curves.string());
  keep_run();
  running_ = false;
  drop_work();
  work_ = std::move(opened);
  live_score_ = Score{};
  show_model();
  show_stored(file.parent_path().string(), work_.origin);
  log(LogLevel::Info, "opened " + file.string());
}

void Experiment::show_stored(const std::string& folder, const std::string& origin) {
  const fs::path file = fs::path(folder) / "gallery.safetensors";
  if (!options_.previews || !fs::exists(file)) return;
  views_.show_gallery(load_gallery(file.string()), origin);
}

void Experiment::load_judge() {
  const fs::path shipped = fs::path(options_.assets) / "judge.safetensors";
  if (!fs::exists(shipped)) {
    judge_problem_ =
        "no judge network in " + options_.assets + "; train one with: latentflow judge --out FILE";
    return;
  }
  judge_ = std::make_shared<Judge>(Judge::load(shipped));
  // Before the digits are known the model's own data decides whether this judge may speak.
  if (work_.model && judge_->belongs_to(work_.model->data_digest)) set_judge(judge_);
}

void Experiment::adopt_data(std::shared_ptr<const Dataset> dataset) {
  dataset_ = std::move(dataset);
  data_ = {pixel_tensor(dataset_->train), label_tensor(dataset_->train), pixel_tensor(dataset_->test),
           label_tensor(dataset_->test)};
  views_.set_data(options_.previews && work_.model && work_.model->data_digest != dataset_->digest ? nullptr
                                                                                                   : &data_);
  judge_problem_.clear();
  const bool fits = judge_ && judge_->belongs_to(dataset_->digest);
  if (!judge_) {
    judge_problem_ = "there is no judge network; train one with: latentflow judge --out FILE";
  } else if (!fits) {
    judge_problem_ = "the judge was trained on other digits than " + dataset_->name +
                     "; train one for them with: latentflow judge --data DIR --out FILE";
  }
  set_judge(fits ? judge_ : nullptr);
  log(LogLevel::Info, "data: " + dataset_->name + " (" + dataset_->source + "), " +
                          std::to_string(dataset_->train.size()) + " training and " +
                          std::to_string(dataset_->test.size()) + " test digits");
}

void Experiment::open_file(const std::string& path) {
  const FileKind kind = file_kind_of(path);
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
      return open_data(folder.string());
    }
    case FileUse::None:
      break;
  }
  throw InputError(wrong_kind(path, kind, "a model, a data set or an image of a digit"));
}

void Experiment::open_data(const std::string& folder) {
  keep_run();
  running_ = false;
  data_loader_ = std::make_unique<DataLoader>(folder, false);
  loading_ = Loading::Data;
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
