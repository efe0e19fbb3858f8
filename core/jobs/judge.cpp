// `judge`: trains the classifier of a data set and keeps it for later scores.
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/distinct_files.h"
#include "base/errors.h"
#include "base/output_name.h"
#include "base/paths.h"
#include "base/printed.h"
#include "jobs/job.h"
#include "library/judge_shelf.h"
#include "training/judge/trainer.h"

namespace lf::jobs {
namespace {

training::JudgeTrainerOptions options_for(const files::Dataset& dataset) {
  training::JudgeTrainerOptions options;
  options.data_digest = dataset.digest;
  return options;
}

class JudgeJob : public SlicedJob {
 public:
  JudgeJob(std::shared_ptr<const files::Dataset> dataset, const JudgeCommand& command, std::string kept)
      : dataset_(std::move(dataset)),
        command_(command),
        kept_(library::kept_judge_file(kept, dataset_->digest)),
        trainer_(dataset_->train, dataset_->test, command.seed, options_for(*dataset_)) {}

  std::string name() const override { return std::string("judge: ") + trainer_.phase(); }
  bool advance() override { return trainer_.advance(); }
  double progress() const override { return trainer_.progress(); }

  JobResult finish() override {
    const metrics::Judge judge = trainer_.finish();
    judge.save(command_.out);
    const std::string where = keep(judge);
    const auto& facts = judge.facts();
    const auto& c = facts.calibration;
    const std::string text =
        printed("test accuracy %.2f %%; FD%% of test digits %.3f, noise 0.05 %.3f, noise 0.1 %.3f, blur %.3f",
                100 * facts.accuracy, c.test, c.noise_005, c.noise_01, c.blur);
    JobResult result;
    result.verb = "judge";
    result.text = "wrote " + judge.name() + " to " + command_.out + ": " + text + where;
    result.json = {nlohmann::json{
        {"judge", judge.name()},
        {"accuracy", facts.accuracy},
        {"fd_test", c.test},
        {"fd_noise_005", c.noise_005},
        {"fd_noise_01", c.noise_01},
        {"fd_blur",
         c.blur}}.dump()};
    result.paths = {command_.out};
    return result;
  }

 private:
  /// Where it was kept for scores of these digits, as the end of a sentence. A requested file is
  /// written even if this fails.
  std::string keep(const metrics::Judge& judge) const {
    if (kept_.empty()) return "";
    try {
      make_folders(kept_.parent_path());  // if it fails, saving reports why
      judge.save(kept_);
    } catch (const RunError& failed) {
      return std::string("; not stored for later: ") + failed.what() + "; name it with --judge " +
             quoted(command_.out);
    }
    return "; train, eval and the window use it for " + dataset_->name + " from now on (stored as " +
           kept_.string() + ")";
  }

  std::shared_ptr<const files::Dataset> dataset_;  // the trainer uses views of its memory
  JudgeCommand command_;
  std::filesystem::path kept_;
  training::JudgeTrainer trainer_;
};

}  // namespace

std::unique_ptr<SlicedJob> make_judge_job(std::shared_ptr<const files::Dataset> dataset,
                                          const JudgeCommand& command, const std::string& kept) {
  if (command.out.empty()) throw InputError("judge needs --out FILE, the file to write");
  require_ending("judge", command.out, {".safetensors"});
  require_no_run_file("judge", command.out);
  return std::make_unique<JudgeJob>(std::move(dataset), command, kept);
}

}  // namespace lf::jobs
