#include "config/autoencoder_share.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lf {
namespace {

constexpr double kShare = 0.2;             ///< of the flow's digits, for the autoencoder
constexpr double kEncoderShare = 0.1;      ///< the same, while its encoder trains too
constexpr double kLeastShareEpochs = 0.5;  ///< with fewer, the flow cannot compensate for poor latents

/// Epochs with `share` of the flow's digits.
double share_of_flow(const Settings& settings, int64_t flow_steps, int64_t train_count, double share) {
  const auto count = static_cast<double>(std::max<int64_t>(1, train_count));
  const double batch = std::min(static_cast<double>(settings.flow.batch), count);
  return std::max(kLeastShareEpochs, share * batch * static_cast<double>(flow_steps) / count);
}

int64_t steps_of(double epochs, const Settings& settings, int64_t train_count) {
  if (!std::isfinite(epochs)) return std::numeric_limits<int64_t>::max();
  const auto per_epoch = static_cast<double>(autoencoder_steps_per_epoch(settings, train_count));
  return std::max<int64_t>(1, std::llround(epochs * per_epoch));
}

}  // namespace

double autoencoder_epochs(const Settings& settings, int64_t flow_steps, int64_t train_count) {
  const NumberOrWord& epochs = settings.autoencoder.epochs;
  if (epochs.word != NumberWord::Auto) return epochs.number;
  return share_of_flow(settings, flow_steps, train_count, kShare);
}

double encoder_epochs(const Settings& settings, int64_t flow_steps, int64_t train_count) {
  const NumberOrWord& freeze = settings.autoencoder.freeze;
  if (freeze.word == NumberWord::End) return std::numeric_limits<double>::infinity();
  if (freeze.word != NumberWord::Auto) return freeze.number;
  return share_of_flow(settings, flow_steps, train_count, kEncoderShare);
}

int64_t autoencoder_steps_per_epoch(const Settings& settings, int64_t train_count) {
  return std::max<int64_t>(1, train_count / settings.autoencoder.batch);
}

int64_t autoencoder_steps(const Settings& settings, int64_t flow_steps, int64_t train_count) {
  return steps_of(autoencoder_epochs(settings, flow_steps, train_count), settings, train_count);
}

int64_t encoder_steps(const Settings& settings, int64_t flow_steps, int64_t train_count) {
  return steps_of(encoder_epochs(settings, flow_steps, train_count), settings, train_count);
}

}  // namespace lf
