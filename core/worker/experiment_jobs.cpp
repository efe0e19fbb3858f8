// One overload per command that begins a job: work that ends with a result.
#include "base/errors.h"
#include "lab/tools.h"
#include "worker/experiment_workload.h"

namespace lf {

void Experiment::begin_job(std::unique_ptr<SlicedJob> job) {
  job_ = std::move(job);
  job_started_ = std::chrono::steady_clock::now();
}

/// The digits in use; says so where the model in hand learned from others.
std::string Experiment::data_words() const {
  if (!dataset_) return "";
  if (!work_.model || work_.model->data_digest == dataset_->digest) return dataset_->name;
  return dataset_->name + " (the model learned from " + work_.model->data_name + ")";
}

void Experiment::obey(const SampleCommand& command) {
  require_model("sample");
  require_labels(*work_.model, command.guidance, command.digit, "sample");
  begin_job(make_sample_job(*work_.model, command));
}

void Experiment::obey(const ReconstructCommand& command) {
  if (waits_for_data(command, "reconstruct")) return;
  require_model("reconstruct");
  begin_job(make_reconstruct_job(*work_.model, data_, command));
}

void Experiment::obey(const LikelihoodCommand& command) {
  if (waits_for_data(command, "likelihood")) return;
  require_model("likelihood");
  if (work_.run) work_.run->settle();
  begin_job(make_likelihood_job(*work_.model, data_, data_words(), command));
}

void Experiment::obey(const InvertCommand& command) {
  if (command.picture.empty() && waits_for_data(command, "invert")) return;
  require_model("invert");
  if (work_.run) work_.run->settle();
  begin_job(make_invert_job(*work_.model, data_, judges_.find(work_.model->data_digest).get(), command));
}

void Experiment::obey(const LabRunCommand& command) {
  const bool needs_data = lab_tool(command.tool).needs != LabToolInfo::Needs::Flow;
  if (needs_data && waits_for_data(command, "lab-run")) return;
  require_model("lab-run");
  if (work_.run) work_.run->settle();
  const std::string& trained_on = work_.model->data_digest;
  const bool own = dataset_ && (trained_on.empty() || trained_on == dataset_->digest);
  begin_job(
      make_lab_job(*work_.model, own ? &data_ : nullptr, judges_.find(work_.model->data_digest), command));
}

void Experiment::obey(const EvaluateCommand& command) {
  if (waits_for_data(command, "evaluate")) return;
  require_model("evaluate");
  if (work_.model->flow_steps == 0)
    throw InputError(
        "evaluate: this model's flow has not been trained; train it first, or open another model");
  if (!judge_) throw InputError("evaluate: " + judge_problem_);
  if (work_.run) work_.run->settle();
  freeze(*work_.model, scored_model_);
  evaluator_ = make_evaluator(*scored_model_, *judge_, data_, command.count, true);
  evaluator_full_ = evaluator_asked_ = true;
  job_started_ = std::chrono::steady_clock::now();
}

void Experiment::obey(const JudgeCommand& command) {
  if (waits_for_data(command, "judge")) return;
  begin_job(make_judge_job(dataset_, command, options_.judges));
}

void Experiment::obey(const BenchCommand& command) {
  if (waits_for_data(command, "bench")) return;
  begin_job(make_bench_job(settings_, data_.train_pixels, judge_, command));
}

void Experiment::obey(const VerifyCommand& command) { begin_job(make_verify_job(command)); }

void Experiment::obey(const ReplayCommand& command) {
  if (waits_for_data(command, "replay")) return;
  if (training()) throw InputError("replay: a run is in training; pause it first");
  begin_job(make_replay_job(data_, *dataset_, command,
                            [this](const Settings& settings) { return accelerator_for(settings); }));
}

/// What a speedrun needs; refuses where that is not at hand.
SpeedrunScene Experiment::speedrun_scene(const char* what) const {
  if (training()) throw InputError(std::string(what) + ": a run is in training; pause it first");
  if (!judge_) throw InputError(std::string(what) + ": " + judge_problem_);
  return {data_, *dataset_, judge_, judges_.file_digest(judge_)};
}

void Experiment::obey(const SpeedrunCommand& command) {
  if (waits_for_data(command, "speedrun")) return;
  const SpeedrunScene scene = speedrun_scene("speedrun");
  set_threads(settings_);
  begin_job(make_speedrun_job(scene, settings_, command, options_.runs,
                              [this](const Settings& settings) { return accelerator_for(settings); }));
}

void Experiment::obey(const VerifySpeedrunCommand& command) {
  if (waits_for_data(command, "verify-speedrun")) return;
  begin_job(make_verify_speedrun_job(speedrun_scene("verify-speedrun"), command));
}

void Experiment::obey(const WeightsCommand& command) { begin_job(make_weights_job(command)); }

void Experiment::obey(const ExportWeightsCommand& command) {
  if (command.init.empty()) require_model("export-weights");
  if (work_.run) work_.run->settle();
  const JobResult result = export_weights(work_.model.get(), command);
  add_result(result);
  for (const auto& path : result.paths) note_saved(path);
}

}  // namespace lf
