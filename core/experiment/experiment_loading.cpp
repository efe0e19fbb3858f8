// Start-up and opening: the model first (something to look at within a second), then the judge, then the
// digits.
#include <filesystem>

#include "data/batches.h"
#include "data/mnist.h"
#include "experiment/experiment_workload.h"
#include "experiment/picture.h"
#include "experiment/run_folder.h"
#include "files/paths.h"
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
  if (!options_.previews && open_newest_run()) return;
  if (!path_exists(shipped)) {
    log(LogLevel::Warning, "no shipped model in " + options_.assets + "; train one");
    return;
  }
  open_model_file(shipped.string());
}

void Experiment::open_model_file(const std::string& path) {
  const fs::path given(path);
  const fs::path file = is_folder(given) ? given / "model.safetensors" : given;
  const bool shipped = same_place(file.parent_path(), options_.assets);
  Workspace opened;
  opened.model = load_model(file.string());
  opened.name = shipped                                  ? "shipped model"
                : file.filename() == "model.safetensors" ? file.parent_path().filename().string()
                                                         : file.filename().string();
  opened.origin = shipped ? "from the shipped run" : "from " + opened.name;
  opened.score = stored_score(*opened.model);
  try {
    opened.history = stored_history(file.parent_path());
  } catch (const InputError& unreadable) {  // curves are not what a model is opened for
    log(LogLevel::Warning, std::string("the curves are left out: ") + unreadable.what());
  }
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
  if (!options_.previews || !path_exists(file)) return;
  views_.show_gallery(load_gallery(file.string()), origin);
}

void Experiment::load_judge() {
  const fs::path shipped = fs::path(options_.assets) / "judge.safetensors";
  if (!path_exists(shipped)) {
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

void Experiment::open_picture(const std::string& path) {
  require_model("a picture");
  views_.show_picture(load_digit_picture(path), fs::path(path).filename().string());
  log(LogLevel::Info, "showing " + path + " through the autoencoder");
}

void Experiment::require_model(const char* what) const {
  if (!work_.model) throw InputError(std::string(what) + " needs a model; train one or open one first");
}

}  // namespace lf
