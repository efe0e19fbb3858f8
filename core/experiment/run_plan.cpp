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

}  // namespace

RunPlan plan_run(const Budget& budget, const Settings& settings, int64_t train_count, StepSeconds speed,
                 double spent) {
  const bool trains_autoencoder = settings.text("autoencoder").empty();
  const auto autoencoder = autoencoder_options(settings, train_count);
  const int64_t batch = std::min(settings.integer("flow.batch"), train_count);
  const auto count = static_cast<double>(train_count);
  RunPlan plan{trains_autoencoder ? autoencoder.total_steps : 0, settings.integer("flow.steps"),
               budget.until_fd};
  if (budget.steps > 0) plan.flow_steps = budget.steps;
  if (budget.epochs > 0) {
    const int64_t per_epoch = flow_steps_per_epoch(train_count, batch, settings.integer("epoch_images"));
    plan.flow_steps = std::max<int64_t>(1, std::llround(budget.epochs * static_cast<double>(per_epoch)));
  }
  if (budget.seconds > 0) {
    const double total = kStepShare * std::max(0.5, budget.seconds - spent);
    const double wanted = speed.autoencoder * static_cast<double>(plan.autoencoder_steps);
    const double granted = std::min(wanted, kAutoencoderShare * total);
    if (trains_autoencoder)
      plan.autoencoder_steps = std::max<int64_t>(1, static_cast<int64_t>(granted / speed.autoencoder));
    plan.flow_steps =
        flow_steps_within(total - granted, speed, count, static_cast<double>(batch), trains_autoencoder);
  }
  return plan;
}

}  // namespace lf
