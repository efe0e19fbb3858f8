// A workload without tensors: counts steps, completes jobs, records the commands.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "api/experiment.h"
#include "base/errors.h"

namespace lf::cli {

/// The fake's behaviour set by a test, and its record.
struct FakeRecord {
  // Behaviour.
  int64_t steps = 30;       ///< flow steps of a training
  int64_t load_slices = 2;  ///< slices before the phase is idle
  std::string notice;       ///< error that appears during work, "" for none
  bool notice_was_input = true;
  bool accelerator = false;              ///< there is a card
  bool silent_jobs = false;              ///< jobs end without a result
  std::function<void(int64_t)> on_step;  ///< called at each step; may throw or raise signals
  std::function<void()> on_job;          ///< called during a job
  std::vector<std::string> json;         ///< of every result
  std::vector<std::string> table;
  // Record.
  ExperimentOptions options;
  std::vector<std::string> commands;        ///< as lines of the log
  std::shared_ptr<const SweepBlock> sweep;  ///< published while a job runs
  std::vector<std::string> reported;        ///< errors reported to the workload
  int64_t step = 0;
  bool quit = false, finished = false;
};

/// Applies every command in the simplest way visible to the command line.
class FakeWorkload : public Workload {
 public:
  explicit FakeWorkload(std::shared_ptr<FakeRecord> record) : record_(std::move(record)) {}

  void apply(const Command& command) override {
    record_->commands.push_back(format_command(command));
    const auto verb = split_words(record_->commands.back()).front();
    if (verb == "quit") record_->quit = true;
    if (verb == "train" || verb == "resume-run") start_training();
    if (verb == "pause") run_.running = false;
    if (verb == "sample" || verb == "reconstruct" || verb == "likelihood" || verb == "invert" ||
        verb == "lab-run" || verb == "evaluate" || verb == "judge" || verb == "bench" || verb == "speedrun" ||
        verb == "verify-speedrun" || verb == "sweep") {
      job_ = verb;
    }
  }

  bool advance() override {
    if (record_->quit) return false;
    if (run_.phase == Phase::Loading) return load();
    if (!record_->notice.empty()) return raise_notice();
    if (!job_.empty()) return end_job();
    return run_.running && train();
  }

  void describe(Snapshot& snapshot) override {
    snapshot.run = std::make_shared<RunBlock>(run_);
    snapshot.results = std::make_shared<ResultsBlock>(results_);
    snapshot.notice = std::make_shared<NoticeBlock>(notice_);
    JobBlock job;
    job.active = !job_.empty();
    job.name = job_;
    snapshot.job = std::make_shared<JobBlock>(job);
    if (!job_.empty()) snapshot.sweep = record_->sweep;
  }
  void report_error(const std::string& what) override { record_->reported.push_back(what); }
  bool finished() const override { return record_->quit; }
  void finish() override { record_->finished = true; }

 private:
  bool load() {
    if (--record_->load_slices > 0) return true;
    run_.phase = Phase::Idle;
    run_.dataset = "MNIST";
    run_.model = "bundled model";
    run_.device = "CPU · 2 threads";
    return !job_.empty() || run_.running;
  }

  void start_training() {
    run_.phase = Phase::Flow;
    run_.running = true;
    run_.step_total = run_.flow_total = record_->steps;
    run_.run_folder = "runs/fake";
  }

  bool train() {
    run_.step = run_.flow_step = ++record_->step;
    run_.loss = 2.0 / double(run_.step);
    run_.seconds = 0.1 * double(run_.step);
    run_.progress = double(run_.step) / double(record_->steps);
    if (record_->on_step) record_->on_step(run_.step);
    if (run_.step < record_->steps) return true;
    run_.phase = Phase::Done;
    run_.running = false;
    return answer("train", {"runs/fake/model.safetensors"});
  }

  bool end_job() {
    const auto verb = std::exchange(job_, "");
    if (record_->on_job) record_->on_job();
    return record_->silent_jobs ? false : answer(verb, {verb + ".out"});
  }

  bool answer(const std::string& verb, const std::vector<std::string>& paths) {
    JobResult result;
    result.number = results_.results.size() + 1;
    result.verb = verb;
    result.text = verb + " is done";
    result.json = record_->json;
    result.table = record_->table;
    result.paths = paths;
    results_.results.push_back(result);
    return false;
  }

  bool raise_notice() {
    ++notice_.errors;
    notice_.error = std::exchange(record_->notice, "");
    notice_.error_was_input = record_->notice_was_input;
    return false;
  }

  std::shared_ptr<FakeRecord> record_;
  RunBlock run_;
  ResultsBlock results_;
  NoticeBlock notice_;
  std::string job_;
};

}  // namespace lf::cli
