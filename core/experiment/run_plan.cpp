#include "experiment/run_plan.h"

#include <algorithm>
#include <cmath>

#include "experiment/speed_probe.h"

namespace lf {
namespace {

constexpr double kAutoencoderShare = 0.3;  ///< of a budget of seconds, at most
constexpr double kStepShare = 0.95;        ///< of a budget of seconds; the rest goes to held-out tests

/// Flow steps that fit into `seconds`. Our own autoencoder encodes every digit ahead; one from a file encodes
/// each digit when it is first drawn.
int64_t flow_steps_within(double seconds, StepSeconds speed, double count, double batch, bool ahead) {
  const double all = count * speed.encode;
  double steps = (seconds - all) / speed.flow;
  if (!ahead && steps * batch < count) steps = seconds / (speed.flow + batch * speed.encode);
  return std::max<int64_t>(1, static_cast<int64_t>(steps));
}

/// Autoencoder steps that fit into `seconds`, of which the first `encoder_steps` train the encoder too.
int64_t autoencoder_steps_within(double seconds, StepSeconds speed, int64_t encoder_steps) {
  const double first = speed.autoencoder * static_cast<double>(encoder_steps);
  if (seconds <= first) return std::max<int64_t>(1, static_cast<int64_t>(seconds / speed.autoencoder));
  return encoder_steps + static_cast<int64_t>((seconds - first) / speed.decoder);
}

double autoencoder_seconds(const RunPlan& plan, StepSeconds speed) {
  return speed.autoencoder * static_cast<double>(plan.encoder_steps) +
         speed.decoder * static_cast<double>(plan.autoencoder_steps - plan.encoder_steps);
}

/// Autoencoder steps after which the encoder is frozen, whatever the budget.
int64_t freeze_steps(const Settings& settings, int64_t per_epoch) {
  if (freezes_at_end(settings)) return INT64_MAX;
  const double steps = settings.number("autoencoder.freeze") * static_cast<double>(per_epoch);
  return std::max<int64_t>(1, std::llround(steps));
}

}  // namespace

bool freezes_at_end(const Settings& settings) { return settings.text("autoencoder.freeze") == "end"; }

RunPlan plan_run(const Budget& budget, const Settings& settings, int64_t train_count, StepSeconds speed,
                 double spent) {
  if (speed.decoder <= 0) speed.decoder = speed.autoencoder;
  const bool trains_autoencoder = settings.text("autoencoder").empty();
  const auto autoencoder = autoencoder_options(settings, train_count);
  const int64_t encoder_steps = freeze_steps(settings, autoencoder_steps_per_epoch(settings, train_count));
  const int64_t batch = std::min(settings.integer("flow.batch"), train_count);
  RunPlan plan;
  plan.autoencoder_steps = trains_autoencoder ? autoencoder.total_steps : 0;
  plan.flow_steps = settings.integer("flow.steps");
  plan.until_fd = budget.until_fd;
  if (budget.steps > 0) plan.flow_steps = budget.steps;
  if (budget.epochs > 0) {
    const int64_t per_epoch = flow_steps_per_epoch(train_count, batch, settings.integer("epoch_images"));
    plan.flow_steps = std::max<int64_t>(1, std::llround(budget.epochs * static_cast<double>(per_epoch)));
  }
  plan = with_frozen_encoder(plan, encoder_steps);
  if (budget.seconds > 0) {
    const double total = kStepShare * std::max(0.5, budget.seconds - spent);
    if (trains_autoencoder) {
      const int64_t affordable =
          autoencoder_steps_within(kAutoencoderShare * total, speed, plan.encoder_steps);
      plan.autoencoder_steps = std::min(plan.autoencoder_steps, affordable);
      plan = with_frozen_encoder(plan, encoder_steps);
    }
    plan.flow_steps =
        flow_steps_within(total - autoencoder_seconds(plan, speed), speed, static_cast<double>(train_count),
                          static_cast<double>(batch), trains_autoencoder);
    plan = with_frozen_encoder(plan, encoder_steps);
  }
  return plan;
}

}  // namespace lf
