#include "panels/training/training_text.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "config/autoencoder_share.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

bool has_run(const RunBlock& run) { return !run.from_shipped && run.flow_total > 0; }

const Settings& settings_of(const Snapshot& snapshot) {
  return has_run(*snapshot.run) ? snapshot.settings->run : snapshot.settings->values;
}

int64_t planned_autoencoder_steps(const RunBlock& run, const Settings& settings, int64_t flow_steps) {
  if (has_run(run) && run.autoencoder_total > 0) return run.autoencoder_total;
  return autoencoder_steps(settings, flow_steps, expected_train_count(run));
}

/// ": about 7 d 21 h left" for a very long run.
std::string left_text(const RunBlock& run) {
  constexpr double kLong = 3600;
  return run.seconds_left > kLong ? ": about " + widgets::duration_text(run.seconds_left) + " left." : ".";
}

}  // namespace

int64_t expected_train_count(const RunBlock& run) {
  constexpr int64_t kMnist = 60000;
  return run.train_count > 0 ? run.train_count : kMnist;
}

std::string budget_sentence(const Snapshot& snapshot) {
  const Settings& settings = settings_of(snapshot);
  const bool own = has_run(*snapshot.run);
  const int64_t flow = own ? snapshot.run->flow_total : settings.flow.steps;
  const std::string who = own ? "This run" : "A new run";
  const std::string rest = " the flow for " + widgets::grouped(flow) + " steps of " +
                           widgets::grouped(settings.flow.batch) + " digits" + left_text(*snapshot.run);
  if (!settings.autoencoder.file.empty())
    return who +
           " takes its autoencoder from a file and encodes each digit when it is first used; it trains" +
           rest;
  const int64_t encoder = own ? snapshot.run->encoder_total : 0, total = snapshot.run->autoencoder_total;
  if (encoder > 0 && encoder < total)
    return who + " trains the autoencoder for " + widgets::grouped(encoder) + " steps of " +
           widgets::grouped(settings.autoencoder.batch) +
           " digits, freezes its encoder and encodes every digit once. Then it trains" + rest +
           " Beside it the decoder takes " + widgets::grouped(total - encoder) + " more steps.";
  const int64_t steps = planned_autoencoder_steps(*snapshot.run, settings, flow);
  const int64_t per_epoch = autoencoder_steps_per_epoch(settings, expected_train_count(*snapshot.run));
  const std::string epochs = short_number(static_cast<double>(steps) / static_cast<double>(per_epoch));
  const bool stand_in = settings.flow.net == "dit";
  return who + " trains " +
         (stand_in ? "the program's own autoencoder, in place of Stable Diffusion's," : "the autoencoder") +
         " for " + epochs + (epochs == "1" ? " epoch (" : " epochs (") + widgets::grouped(steps) +
         " steps of " + widgets::grouped(settings.autoencoder.batch) +
         " digits), encodes every digit once, then trains" + rest;
}

std::string schedule_sentence(const Snapshot& snapshot) {
  const Settings& settings = settings_of(snapshot);
  const double factor = has_run(*snapshot.run) ? snapshot.run->rate_factor : 1;
  const std::string peak = short_number(factor * settings.flow.lr);
  const std::string lowered =
      factor < 1 ? " Both were lowered to " + short_number(factor) + " of their settings." : "";
  if (settings.flow.warmup == 0 && settings.flow.decay == 0)
    return "The flow's learning rate stays at " + peak + " from the first step to the last." + lowered;
  const std::string share = fixed(100 * settings.flow.decay, 0);
  const int64_t warmup = settings.flow.warmup;
  const std::string start =
      warmup > 0 ? " rises to " + peak + " over " + widgets::grouped(warmup) + " steps, stays constant,"
                 : " stays at " + peak;
  return "The flow's learning rate" + start + " and falls to 0 over the last " + share +
         " %; the autoencoder's makes one cycle up to " + short_number(factor * settings.autoencoder.lr) +
         "." + lowered;
}

double recent_mean(const Series& series, size_t count) {
  const size_t n = std::min(count, series.value.size());
  if (n == 0) return std::numeric_limits<double>::quiet_NaN();
  return std::accumulate(series.value.end() - static_cast<std::ptrdiff_t>(n), series.value.end(), 0.0) /
         static_cast<double>(n);
}

std::string lost_sentence(const Series& lost) {
  if (lost.step.empty()) return "";
  return "The red line up to step " + widgets::grouped(static_cast<int64_t>(lost.step.back())) +
         " shows discarded steps: training diverged there.";
}

std::string loss_sentence(const Series& train, const Series& test) {
  const double seen = recent_mean(train, 50);
  if (!std::isfinite(seen)) return "";
  const std::string start = "Now " + short_number(seen, 4) + " on training digits";
  if (test.value.empty()) return start + ".";
  const double held_out = test.value.back();
  const bool stale = !train.step.empty() && !test.step.empty() && test.step.back() < 0.7f * train.step.back();
  if (stale)
    return start + "; the last value on test digits is from step " +
           widgets::grouped(static_cast<int64_t>(test.step.back())) + ".";
  const bool apart = held_out > 1.15 * seen && train.value.size() > 200;
  return start + ", " + short_number(held_out, 4) + " on test digits: " +
         (apart ? "the gap means that the network memorises." : "the network generalises.");
}

std::string train_longer_reason(const RunBlock& run) {
  if (run.can_train_longer) return "";
  if (run.phase == Phase::Loading) return "The data is still being read.";
  if (run.from_shipped)
    return "The current model came from a file; start a new run, or press Resume beside its run on the page "
           "Runs.";
  if (run.running || run.resumable) return "This run has not used its budget yet.";
  return "There is no finished run to continue.";
}

std::string path_end(const std::string& path) {
  const size_t last = path.rfind('/');
  const size_t second = last == std::string::npos || last == 0 ? last : path.rfind('/', last - 1);
  return second == std::string::npos || second == 0 ? path : "…" + path.substr(second);
}

std::string parameter_text(int64_t count) {
  if (count <= 0) return "—";
  if (count < 1000) return std::to_string(count);
  if (count < 1000000) return fixed(static_cast<double>(count) / 1e3, 0) + " k";
  return fixed(static_cast<double>(count) / 1e6, 2) + " M";
}

}  // namespace lf::app::panels
