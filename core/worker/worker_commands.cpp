// Which part of the worker handles which command, and the commands that belong to no part.
#include <filesystem>

#include "base/errors.h"
#include "base/image_sheet.h"
#include "base/output_name.h"
#include "base/overloaded.h"
#include "base/paths.h"
#include "figures/figures.h"
#include "figures/run/run_figure.h"
#include "files/atomic_write.h"
#include "files/tensors/npy.h"
#include "lab/table.h"
#include "protocol/figure_kinds.h"
#include "run/browse.h"
#include "run/folder.h"
#include "worker/setting_commands.h"
#include "worker/worker.h"

namespace lf::worker {
namespace fs = std::filesystem;

void Worker::route(const Command& command) {
  Publisher& publisher = context_.publisher;
  std::visit(Overloaded{
                 [&](const TrainCommand& c) { run_.train(c); },
                 [&](const ReflowCommand& c) { run_.reflow(c); },
                 [&](const PauseCommand&) { run_.pause(); },
                 [&](const ResumeCommand& c) { run_.resume(c); },
                 [&](const StepCommand&) { run_.step(); },
                 [&](const ResetCommand&) { run_.reset(); },
                 [&](const UndoResetCommand&) { run_.undo_reset(); },
                 [&](const ResumeRunCommand& c) { run_.resume_stored(c); },
                 [&](const SaveCommand& c) { run_.save(c); },
                 [&](const SetCommand& c) { set_setting(context_, viewer_, c); },
                 [&](const PresetCommand& c) { choose_preset(context_, viewer_, c.name); },
                 [&](const OpenCommand& c) { opener_.open(c.path); },
                 [&](const ShippedCommand&) { opener_.open_bundled(); },
                 [&](const EvaluateCommand& c) { viewer_.evaluate(c); },
                 [&](const InspectCommand& c) { inspect(c); },
                 [&](const ViewStepCommand& c) { viewer_.lapse().choose(c.step); },
                 [&](const LabCommand& c) { viewer_.lab().open(c.tool, c.arguments); },
                 [&](const SampleCommand& c) { jobs_.sample(c); },
                 [&](const TimeLapseCommand& c) { jobs_.time_lapse(c); },
                 [&](const ReconstructCommand& c) { jobs_.reconstruct(c); },
                 [&](const LikelihoodCommand& c) { jobs_.likelihood(c); },
                 [&](const InvertCommand& c) { jobs_.invert(c); },
                 [&](const LabRunCommand& c) { jobs_.lab(c); },
                 [&](const JudgeCommand& c) { jobs_.judge(c); },
                 [&](const BenchCommand& c) { jobs_.bench(c); },
                 [&](const VerifyCommand& c) { jobs_.verify(c); },
                 [&](const ReplayCommand& c) { jobs_.replay(c); },
                 [&](const BranchCommand& c) { branching_.begin(c); },
                 [&](const CompareCommand& c) { jobs_.compare(c); },
                 [&](const ShareCommand& c) { share(c); },
                 [&](const SpeedrunCommand& c) { jobs_.speedrun(c); },
                 [&](const VerifySpeedrunCommand& c) { jobs_.verify_speedrun(c); },
                 [&](const SweepCommand& c) { jobs_.sweep(c); },
                 [&](const ViewSweepCommand& c) { jobs_.view_sweep(c.folder); },
                 [&](const WeightsCommand& c) { jobs_.weights(c); },
                 [&](const ExportWeightsCommand& c) { jobs_.export_weights(c); },
                 [&](const ExportCommand& c) { export_shown(c.path); },
                 [&](const FigureCommand& c) { ask_figure(c); },
                 [&](const ListRunsCommand& c) { stored_.list(c); },
                 [&](const CompareRunsCommand& c) { viewer_.compared().choose(c); },
                 [&](const DeleteRunCommand& c) { stored_.move_to_trash(c.folder); },
                 [&](const RestoreRunCommand& c) { stored_.restore(c.folder); },
                 [&](const EmptyTrashCommand&) { stored_.empty_trash(); },
                 [&](const LabelRunCommand& c) { stored_.label(c); },
                 [&](const ThinMarksCommand& c) { stored_.thin_marks(c.folder); },
                 [&](const ImportRunCommand& c) { jobs_.import_run(c); },
                 [&](const BrowseCommand& c) { publisher.blocks().browse = run::list_folder(c.path); },
                 [&](const CancelCommand&) { cancel(); },
                 [&](const QuitCommand&) { quit(); },
             },
             command.what);
}

void Worker::ask_figure(const FigureCommand& command) {
  check_figure(command);
  asked_figures_.push_back(command);
  write_asked_figures();
}

/// Writes the oldest figure that was asked for, once its content is known; true if it did. Throws InputError
/// when nothing that is computed now can make it known.
bool Worker::write_asked_figures() {
  if (asked_figures_.empty()) return false;
  const FigureCommand command = asked_figures_.front();
  Snapshot now;
  describe(now);
  if (!figures::figure_known(command.kind, now)) {
    using Needs = FigureKind::Needs;
    const Needs needs = figure_kind(command.kind).needs;
    const bool score = needs == Needs::Score && viewer_.scorer().busy();
    const bool view =
        needs == Needs::Flow || needs == Needs::Map || needs == Needs::Reconstructions || needs == Needs::Lab;
    if (score || (view && viewer_.due())) return false;
  }
  asked_figures_.pop_front();
  figures::write_run_figure(command, now);
  JobResult result;
  result.verb = "figure";
  result.paths = {command.file};
  result.text = "wrote " + command.file;
  context_.publisher.add_result(result);
  context_.publisher.note_saved(command.file);
  return true;
}

/// The content of the window: the preview, or the numbers of the open lab tool.
void Worker::export_shown(const std::string& path) {
  const std::string extension = fs::path(path).extension().string();
  const std::shared_ptr<const FlowBlock> shown = viewer_.lapse().shown().flow;
  const FlowBlock& flow = *shown;
  if (extension == ".csv") {
    files::write_file_atomically(path, lab_table(*viewer_.lab().block()).csv());
    return context_.publisher.note_saved(path);
  }
  if (flow.digits == 0) throw InputError("export: there is no preview yet; wait for the first one");
  const auto digits = static_cast<size_t>(flow.digits);
  const ImageSheet final_digits = flow.images.part(flow.images.count() - digits, digits);
  const std::vector<uint8_t> labels(flow.labels.begin(), flow.labels.begin() + flow.digits);
  if (is_animation(path)) return jobs_.begin(jobs::make_export_job(flow, path));
  if (extension == ".png") {
    figures::write_sample_grid(path, final_digits, labels);
  } else if (extension == ".npy") {
    files::write_npy(path, final_digits);
  } else {
    throw InputError("export: " + path + " must end in .gif, .webp, .mp4, .png, .npy or .csv");
  }
  context_.publisher.note_saved(path);
}

void Worker::inspect(const InspectCommand& command) {
  const CurrentData& current = context_.current;
  if (current.dataset()) viewer_.views().set_data(&current.data());  // particular digits: of the current set
  viewer_.views().inspect(command);
}

/// The current run is saved first: a page is made from its folder, as from that of any other run.
void Worker::share(const ShareCommand& command) {
  ShareCommand what = command;
  const Workspace& work = context_.work;
  const bool present = what.run.empty() || what.run == work.folder;
  if (present && work.run && (work.unsaved || work.folder.empty())) run_.save(SaveCommand{});
  if (what.run.empty()) what.run = work.folder.empty() ? work.file : work.folder;
  jobs_.share(what);
}

void Worker::cancel() {
  loading_.cancel();
  const bool scoring = viewer_.scorer().busy_for(ScoreFor::Command);
  if (jobs_.busy() || run_.images().busy() || scoring) context_.publisher.log(LogLevel::Info, "cancelled");
  jobs_.drop();
  run_.images().drop();
  events_.drop();
  if (scoring) viewer_.scorer().drop();
}

void Worker::quit() {
  if (context_.work.training()) run_.pause_now("paused");
  jobs_.complete_writing();
  finish();
  context_.publisher.mark_finished();
  quit_ = true;
}

std::vector<std::string> Worker::draw_figures(const std::string& folder) {
  Snapshot now;
  describe(now);
  const preview::Views::Blocks& present = viewer_.views().blocks();  // whatever of the past is on screen
  now.flow = present.flow;
  now.reconstruction = present.reconstruction;
  return figures::write_figures(now, folder, endings_of_list(context_.work.figures_as));
}

}  // namespace lf::worker
