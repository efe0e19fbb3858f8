#include "run/budget_plan.h"

#include <algorithm>
#include <cmath>

#include "config/autoencoder_share.h"
#include "training/flow/trainer.h"

namespace lf::run {
namespace {

constexpr double kAutoencoderShare = 0.3;  ///< of a budget of seconds, at most
constexpr double kStepShare = 0.95;        ///< of a budget of seconds; the rest goes to held-out tests

/// Flow steps that fit into `seconds` if the autoencoder comes from a file: it encodes each digit
/// at its first use.
int64_t flow_steps_within(double seconds, StepSeconds speed, double count, double batch) {
  double steps = (seconds - count * speed.encode) / speed.flow;
  if (steps * batch < count) steps = seconds / (speed.flow + batch * speed.encode);
  return std::max<int64_t>(1, static_cast<int64_t>(steps));
}

/// Autoencoder steps that fit into `seconds`, of which the first `encoder_steps` train the encoder too.
int64_t autoencoder_steps_within(double seconds, StepSeconds speed, int64_t encoder_steps) {
  const double first = speed.autoencoder * static_cast<double>(encoder_steps);
  if (seconds <= first) return std::max<int64_t>(1, static_cast<int64_t>(seconds / speed.autoencoder));
  return encoder_steps + static_cast<int64_t>((seconds - first) / speed.decoder);
}

double autoencoder_seconds(const records::RunPlan& plan, StepSeconds speed) {
  return speed.autoencoder * static_cast<double>(plan.encoder_steps) +
         speed.decoder * static_cast<double>(plan.autoencoder_steps - plan.encoder_steps);
}

/// The inputs of a plan.
struct PlanInputs {
  const Settings& settings;
  int64_t train_count;
  StepSeconds speed;
  double seconds;  ///< for the steps; infinite without a budget of seconds
};

/// `plan` with so many flow steps, and the autoencoder steps that belong to them.
records::RunPlan with_flow_steps(records::RunPlan plan, int64_t flow_steps, const PlanInputs& in) {
  plan.flow_steps = flow_steps;
  const int64_t frozen_after = encoder_steps(in.settings, flow_steps, in.train_count);
  plan.autoencoder_steps = autoencoder_steps(in.settings, flow_steps, in.train_count);
  if (std::isfinite(in.seconds)) {
    plan.autoencoder_steps =
        std::min(plan.autoencoder_steps,
                 autoencoder_steps_within(kAutoencoderShare * in.seconds, in.speed, frozen_after));
  }
  return records::with_frozen_encoder(plan, frozen_after);
}

/// The longest plan that fits into the seconds, by bisection: more flow steps never leave more
/// time.
records::RunPlan longest_plan(const records::RunPlan& plan, const PlanInputs& in) {
  const double for_steps = in.seconds - static_cast<double>(in.train_count) * in.speed.encode;
  const auto fits = [&](int64_t flow_steps) {
    return autoencoder_seconds(with_flow_steps(plan, flow_steps, in), in.speed) +
               static_cast<double>(flow_steps) * in.speed.flow <=
           for_steps;
  };
  int64_t fitting = 1, beyond = std::max<int64_t>(2, static_cast<int64_t>(for_steps / in.speed.flow) + 1);
  while (beyond - fitting > 1) {
    const int64_t middle = fitting + (beyond - fitting) / 2;
    (fits(middle) ? fitting : beyond) = middle;
  }
  return with_flow_steps(plan, fitting, in);
}

}  // namespace

bool freezes_at_end(const Settings& settings) { return settings.autoencoder.freeze.word == NumberWord::End; }

records::RunPlan plan_run(const Budget& budget, const Settings& settings, int64_t train_count,
                          StepSeconds speed, double spent) {
  if (speed.decoder <= 0) speed.decoder = speed.autoencoder;
  const bool trains_autoencoder = settings.autoencoder.file.empty();
  const int64_t batch = std::min(settings.flow.batch, train_count);
  records::RunPlan plan;
  plan.flow_steps = settings.flow.steps;
  plan.until_fd = budget.until_fd;
  if (budget.steps > 0) plan.flow_steps = budget.steps;
  if (budget.epochs > 0) {
    const int64_t per_epoch = training::flow_steps_per_epoch(train_count, batch, settings.flow.epoch_images);
    plan.flow_steps = std::max<int64_t>(1, std::llround(budget.epochs * static_cast<double>(per_epoch)));
  }
  const bool timed = budget.seconds > 0;
  const double seconds = kStepShare * std::max(0.5, budget.seconds - spent);
  const PlanInputs in{settings, train_count, speed, timed ? seconds : HUGE_VAL};
  if (trains_autoencoder) return timed ? longest_plan(plan, in) : with_flow_steps(plan, plan.flow_steps, in);
  if (timed) {
    plan.flow_steps =
        flow_steps_within(seconds, speed, static_cast<double>(train_count), static_cast<double>(batch));
  }
  return plan;
}

}  // namespace lf::run
