#include "worker/job_runner.h"

#include "base/errors.h"
#include "protocol/sweep.h"

namespace lf::worker {

/// The block of a sweep that is no longer trained.
static std::shared_ptr<const SweepBlock> at_rest(const std::shared_ptr<const SweepBlock>& sweep) {
  if (!sweep || !sweep->active) return sweep;
  auto block = std::make_shared<SweepBlock>(*sweep);
  block->active = false;
  for (auto& run : block->runs)
    if (run.state == SweepState::Running) run.state = SweepState::Waiting;
  ++block->version;
  return block;
}

std::shared_ptr<const SweepBlock> JobRunner::shown_sweep() const {
  const auto current = job_ ? job_->sweep() : nullptr;
  return current ? current : sweep_;
}

bool JobRunner::trains_sweep() const { return job_ && job_->sweep() && job_->sweep()->active; }

void JobRunner::drop() {
  sweep_ = at_rest(shown_sweep());
  job_.reset();
}

void JobRunner::complete_writing() {
  if (!job_ || !job_->outlasts_others()) return;
  const auto writing = std::move(job_);
  complete(*writing);
  const JobResult result = writing->finish();
  context_.publisher.add_result(result);
  for (const auto& path : result.paths) context_.publisher.note_saved(path);
}

void JobRunner::begin(std::unique_ptr<jobs::SlicedJob> job) {
  complete_writing();
  drop();
  job_ = std::move(job);
  started_ = std::chrono::steady_clock::now();
}

std::optional<JobResult> JobRunner::advance() {
  if (job_->advance()) return std::nullopt;
  sweep_ = at_rest(shown_sweep());
  const auto done = std::move(job_);
  JobResult result = done->finish();
  if (const auto last = done->sweep()) sweep_ = at_rest(last);
  return result;
}

std::string JobRunner::data_words() const {
  const auto& model = context_.work.model;
  return context_.current.data_words(model ? model->data_digest : "", model ? model->data_name : "");
}

jobs::DeviceChoice JobRunner::device_choice() {
  return [this](const Settings& settings) { return context_.accelerator_for(settings); };
}

void JobRunner::sample(const SampleCommand& command) {
  inference::require_labels(*context_.work.model, command.guidance, command.digit, "sample");
  begin(jobs::make_sample_job(*context_.work.model, command));
}

void JobRunner::time_lapse(const TimeLapseCommand& command) {
  begin(jobs::make_time_lapse_job(*context_.work.model, context_.work.marks, command));
}

void JobRunner::reconstruct(const ReconstructCommand& command) {
  begin(jobs::make_reconstruct_job(*context_.work.model, context_.current.data(), command));
}

void JobRunner::likelihood(const LikelihoodCommand& command) {
  begin(jobs::make_likelihood_job(context_.work.settled_model(), context_.current.data(), data_words(),
                                  command));
}

void JobRunner::invert(const InvertCommand& command) {
  const inference::Model& model = context_.work.settled_model();
  const auto judge = context_.current.judges().find(model.data_digest);
  begin(jobs::make_invert_job(model, context_.current.data(), judge.get(), command));
}

void JobRunner::lab(const LabRunCommand& command) {
  const inference::Model& model = context_.work.settled_model();
  CurrentData& current = context_.current;
  const auto judge = current.judges().find(model.data_digest);
  begin(jobs::make_lab_job(model, current.data_of(model.data_digest), judge, command));
}

void JobRunner::judge(const JudgeCommand& command) {
  begin(jobs::make_judge_job(context_.current.dataset(), command, context_.options.judges));
}

void JobRunner::bench(const BenchCommand& command) {
  const CurrentData& current = context_.current;
  begin(jobs::make_bench_job(context_.settings, current.data().train_pixels, current.judge(), command));
}

void JobRunner::replay(const ReplayCommand& command) {
  if (context_.work.training()) throw InputError("replay: a run is training; pause it first");
  begin(
      jobs::make_replay_job(context_.current.data(), *context_.current.dataset(), command, device_choice()));
}

void JobRunner::branch(const BranchCommand& command) {
  begin(jobs::make_branch_job(context_.current.data(), *context_.current.dataset(), command,
                              context_.options.runs, device_choice()));
}

void JobRunner::compare(const CompareCommand& command) {
  const CurrentData& current = context_.current;
  if (command.narrow && context_.work.training())
    throw InputError("compare: a run is training; pause it first");
  jobs::CompareScene scene;
  if (current.dataset()) {
    scene.data = &current.data();
    scene.dataset = current.dataset().get();
  }
  scene.judge_for = [this](const std::string& digest) { return context_.current.judges().find(digest); };
  begin(jobs::make_compare_job(command, scene, device_choice()));
}

void JobRunner::share(const ShareCommand& command) { begin(jobs::make_share_job(command)); }

/// The inputs of a speedrun; throws if they are unavailable.
jobs::SpeedrunScene JobRunner::speedrun_scene(const char* what) const {
  const CurrentData& current = context_.current;
  if (context_.work.training()) throw InputError(std::string(what) + ": a run is training; pause it first");
  if (!current.judge()) throw InputError(std::string(what) + ": " + current.judge_problem());
  return {current.data(), *current.dataset(), current.judge(), current.judges().file_digest(current.judge())};
}

void JobRunner::speedrun(const SpeedrunCommand& command) {
  const jobs::SpeedrunScene scene = speedrun_scene("speedrun");
  context_.set_threads(context_.settings);
  begin(jobs::make_speedrun_job(scene, context_.settings, command, context_.options.runs, device_choice()));
}

void JobRunner::verify_speedrun(const VerifySpeedrunCommand& command) {
  begin(jobs::make_verify_speedrun_job(speedrun_scene("verify-speedrun"), command));
}

void JobRunner::import_run(const ImportRunCommand& command) {
  begin(jobs::make_import_job(command, context_.options.runs));
}

void JobRunner::sweep(const SweepCommand& command) {
  const jobs::DeviceChoice device = [this](const Settings& settings) {
    context_.set_threads(settings);
    return context_.accelerator_for(settings);
  };
  begin(jobs::make_sweep_job(speedrun_scene("sweep"), command, context_.options.runs, device));
}

void JobRunner::view_sweep(const std::string& folder) { sweep_ = jobs::stored_sweep(folder); }

void JobRunner::export_weights(const ExportWeightsCommand& command) {
  if (command.init.empty()) context_.require_model("export-weights");
  const Workspace& work = context_.work;
  if (work.run) work.run->settle();
  const JobResult result = lf::jobs::export_weights(work.model.get(), command);
  context_.publisher.add_result(result);
  for (const auto& path : result.paths) context_.publisher.note_saved(path);
}

}  // namespace lf::worker
