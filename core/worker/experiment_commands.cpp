// One overload per command: what the experiment does when it is asked.
#include <algorithm>
#include <filesystem>

#include "base/errors.h"
#include "base/output_name.h"
#include "base/paths.h"
#include "data/idx_hints.h"
#include "data/mnist.h"
#include "figures/figures.h"
#include "files/atomic_write.h"
#include "files/tensors/npy.h"
#include "lab/table.h"
#include "run/browse.h"
#include "run/folder.h"
#include "worker/experiment_workload.h"

namespace lf {
namespace fs = std::filesystem;

void Experiment::obey(const TrainCommand& command) {
  if (waits_for_data(command, "train")) return;
  if (!command.preset.empty() && command.preset != settings_.preset()) obey(PresetCommand{command.preset});
  const bool paused = work_.run && !work_.finished && !failed_;
  if (paused && !command.fresh) {
    running_ = true;
    return;
  }
  start_run(command);
  running_ = true;
}

void Experiment::obey(const ReflowCommand& command) {
  if (waits_for_data(command, "reflow")) return;
  start_reflow(command);
  running_ = true;
}

void Experiment::obey(const PauseCommand&) {
  ran_before_ = false;
  if (training()) pause("paused");
}

void Experiment::obey(const ResumeCommand& command) {
  if (!work_.run) throw InputError("there is no run to resume; click Train to start one");
  check_extension(command.budget);
  if (work_.finished) {
    work_.run->extend(command.budget);
    work_.finished = false;
    ending_ = Ending::None;
  }
  lower_rates(command.rate);
  if (state_.notice->offers_lower_rate) forget_error();  // the run goes on from there
  diverged_ = false;
  running_ = true;
  step_once_ = false;
}

void Experiment::obey(const StepCommand& command) {
  if (waits_for_data(command, "step")) return;
  if (!work_.run) start_run(TrainCommand{});
  if (work_.finished) throw InputError("the run has spent its budget; train longer, or start a new run");
  running_ = true;
  step_once_ = true;
}

void Experiment::obey(const ResetCommand&) {
  auto untrained = make_model(settings_);  // may refuse the settings: nothing has changed yet
  keep_run();
  running_ = false;
  step_once_ = false;
  drop_work();
  undo_ = std::move(work_);
  work_ = Workspace{};
  work_.model = std::move(untrained);
  work_.name = "untrained model";
  live_score_ = Score{};
  show_model();
  views_.set_data(dataset_ ? &data_ : nullptr);
  log(LogLevel::Info, undo_.folder.empty()
                          ? "back at step 0"
                          : "the run is saved in " + undo_.folder + "; back at step 0 (undo in Runs)");
}

void Experiment::obey(const UndoResetCommand&) {
  if (!undo_.model) throw InputError("there is no reset to undo");
  require_own_digits(undo_, "undo-reset");
  keep_run();
  running_ = false;
  drop_work();
  std::swap(work_, undo_);
  undo_ = Workspace{};
  show_model();
  if (work_.run) {
    last_stage_ = TrainingRun::Stage::Measure;
    after_stage_change();
  } else if (!work_.origin.empty()) {
    show_stored(work_.name == "shipped model" ? options_.assets : work_.folder, work_.origin);
  }
}

void Experiment::obey(const SetCommand& command) {
  settings_.set(command.key, command.value);
  if (setting_info(command.key).live && work_.model) {
    work_.model->settings.set(command.key, settings_.text(command.key));
  }
  if (command.key == "threads" && !training()) set_threads(settings_);
  set_looks();
}

/// How a run is looked at: rows that a person sets for the window rather than for one preset.
static bool is_personal(const SettingInfo& info) {
  return info.group == "Preview" || info.group == "Quality" || info.group == "Run";
}

void Experiment::obey(const PresetCommand& command) {
  // A run at work goes on being looked at as it was: the preset is that of the next one.
  const bool at_work = work_.run && !work_.finished && !failed_;
  Settings fresh(command.name);
  for (const auto& info : setting_table()) {
    const bool touched = settings_.text(info.key) != settings_.preset_text(info.key);
    if (is_personal(info) && (touched || at_work)) fresh.set(info.key, settings_.text(info.key));
  }
  settings_ = fresh;
  set_looks();
}

/// A new run is looked at as its preset has it, where nobody chose otherwise.
void Experiment::take_preset_looks() {
  if (!work_.model) return;
  const Settings before(work_.model->settings.preset());
  for (const auto& info : setting_table()) {
    if (is_personal(info) && settings_.text(info.key) == before.text(info.key)) settings_.reset(info.key);
  }
  set_looks();
}

void Experiment::obey(const OpenCommand& command) {
  const fs::path path(command.path);
  std::string why;
  const PathKind kind = kind_of(path, &why);
  if (kind == PathKind::Nothing)
    throw InputError("cannot open " + command.path + ": there is no such file or folder");
  if (kind == PathKind::Unknown) throw InputError("cannot open " + command.path + ": " + why);
  if (kind != PathKind::Folder) return open_file(command.path);
  if (holds_idx_files(path)) return begin_opening(command.path);
  if (!is_run_folder(path))
    throw InputError("cannot open " + command.path + ": it holds neither four IDX files nor a run" +
                     what_lies_there(path));
  open_model_file(command.path);
  work_.folder = command.path;
}

void Experiment::obey(const SaveCommand& command) {
  require_model("save");
  if (command.path.empty() && work_.run) {
    write_run(work_.finished ? "done" : running_ ? "running" : "paused");
    return;
  }
  if (command.path.empty()) throw InputError("save: the shown model has no run; name a file to save it to");
  require_ending("save", command.path, {".safetensors"});
  if (work_.run) work_.run->settle();
  save_model(*work_.model, command.path);
  note_saved(command.path);
}

/// The numbers that the lab's open tool shows.
void Experiment::export_lab_table(const std::string& path) {
  write_file_atomically(path, lab_table(*lab_.block()).csv());
  note_saved(path);
}

void Experiment::obey(const ExportCommand& command) {
  if (fs::path(command.path).extension() == ".csv") return export_lab_table(command.path);
  const FlowBlock& flow = *views_.blocks().flow;
  if (flow.digits == 0) throw InputError("export: nothing is drawn yet; wait for the first preview");
  const std::string extension = fs::path(command.path).extension().string();
  const auto last = flow.images.end() - flow.digits * 784;
  const std::vector<uint8_t> final_digits(last, flow.images.end());
  const std::vector<uint8_t> labels(flow.labels.begin(), flow.labels.begin() + flow.digits);
  if (extension == ".gif") {
    write_flow_gif(command.path, flow.t, flow.images, labels);
  } else if (extension == ".png") {
    write_sample_grid(command.path, final_digits, labels);
  } else if (extension == ".npy") {
    write_npy(command.path, {flow.digits, 28, 28}, final_digits);
  } else {
    throw InputError("export: " + command.path + " must end in .gif, .png, .npy or .csv");
  }
  note_saved(command.path);
}

void Experiment::obey(const InspectCommand& command) {
  if (dataset_) views_.set_data(&data_);  // asking for particular digits means the data set in use
  views_.inspect(command);
}

void Experiment::obey(const LabCommand& command) { lab_.open(command.tool, command.arguments); }

void Experiment::obey(const ListRunsCommand&) { list_runs_again(); }

void Experiment::obey(const CompareRunsCommand& command) {
  auto runs = std::make_shared<RunsBlock>(*state_.runs);
  runs->compared.clear();
  for (const auto& folder : {command.first, command.second}) {
    if (!folder.empty()) runs->compared.push_back(load_curves(folder));
  }
  state_.runs = runs;
}

void Experiment::obey(const DeleteRunCommand& command) {
  if (!work_.folder.empty() && same_place(command.folder, work_.folder)) {
    throw InputError("cannot delete " + command.folder + ": it is the open run; open another first");
  }
  delete_run(command.folder);
  log(LogLevel::Info, "deleted " + command.folder);
  list_runs_again();
}

void Experiment::obey(const ResumeRunCommand& command) {
  if (waits_for_data(command, "resume-run")) return;
  resume_stored(command);
  running_ = true;
}

void Experiment::obey(const ShippedCommand&) {
  open_model_file((fs::path(options_.assets) / "model.safetensors").string());
}

void Experiment::obey(const BrowseCommand& command) { state_.browse = list_folder(command.path); }

void Experiment::obey(const CancelCommand&) {
  if (data_loader_) data_loader_->cancel();
  if (job_ || picture_ || evaluator_asked_) log(LogLevel::Info, "cancelled");
  job_.reset();
  picture_.reset();
  if (evaluator_asked_) evaluator_.reset();
  evaluator_asked_ = false;
}

void Experiment::obey(const QuitCommand&) {
  if (training()) pause("paused");
  finish();
  auto notice = std::make_shared<NoticeBlock>(*state_.notice);
  notice->finished = true;
  state_.notice = notice;
  quit_ = true;
}

}  // namespace lf
