#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "experiment/job.h"
#include "messages/distinct_files.h"
#include "messages/errors.h"
#include "messages/output_name.h"
#include "training/judge_trainer.h"

namespace lf {
namespace {

JudgeTrainerOptions options_for(const Dataset& dataset) {
  JudgeTrainerOptions options;
  options.data_digest = dataset.digest;
  return options;
}

class JudgeJob : public SlicedJob {
 public:
  JudgeJob(const Dataset& dataset, const JudgeCommand& command)
      : command_(command), trainer_(dataset.train, dataset.test, command.seed, options_for(dataset)) {}

  std::string name() const override { return std::string("judge: ") + trainer_.phase(); }
  bool advance() override { return trainer_.advance(); }
  double progress() const override { return trainer_.progress(); }

  JobResult finish() override {
    const Judge judge = trainer_.finish();
    judge.save(command_.out);
    const auto& facts = judge.facts();
    const auto& c = facts.calibration;
    char text[256];
    std::snprintf(
        text, sizeof text,
        "test accuracy %.2f %%; FD%% of test digits %.3f, noise 0.05 %.3f, noise 0.1 %.3f, blur %.3f",
        100 * facts.accuracy, c.test, c.noise_005, c.noise_01, c.blur);
    JobResult result;
    result.verb = "judge";
    result.text = "wrote " + judge.name() + " to " + command_.out + ": " + text;
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
  JudgeCommand command_;
  JudgeTrainer trainer_;
};

}  // namespace

std::unique_ptr<SlicedJob> make_judge_job(const Dataset& dataset, const JudgeCommand& command) {
  if (command.out.empty()) throw InputError("judge needs --out FILE, where the judge is written");
  require_ending("judge", command.out, {".safetensors"});
  require_no_run_file("judge", command.out);
  return std::make_unique<JudgeJob>(dataset, command);
}

}  // namespace lf
