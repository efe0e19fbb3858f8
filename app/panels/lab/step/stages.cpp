// The seven stages of a training step: their names, their numbers and a sentence each.
#include <algorithm>
#include <cmath>

#include "base/classes.h"
#include "panels/lab/step/parts.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

std::string percent(double share) { return short_number(100 * share, 2) + " %"; }

double update_share(const LabStep& s) {
  double update = 0, weight = 0;
  for (const LabStepGroup& g : s.groups) update += g.update * g.update, weight += g.weight * g.weight;
  return weight > 0 ? std::sqrt(update / weight) : 0;
}

std::string drawn(const LabStep& s) {
  const auto hidden = std::count(s.labels.begin(), s.labels.end(), uint8_t{kNoClass});
  return counted(s.batch, "training digit") +
         " as latents x1 of 64 dimensions, and Gaussian noise x0 of the same size. Noise and digits are "
         "paired at random. " +
         std::to_string(hidden) +
         " of the labels are hidden, so that the network also learns the unconditional velocity.";
}

std::string timed(const LabStep& s) {
  const auto [low, high] = std::minmax_element(s.t.begin(), s.t.end());
  return "Each pair gets a time, here from t = " + fixed(*low, 3) + " to " + fixed(*high, 3) +
         ". The network's input is the point " +
         (s.sigma_min > 0 ? "x_t = (1 − (1 − σ_min) t) x0 + t x1" : "x_t = (1 − t) x0 + t x1") +
         " on the straight path from noise to digit. It is mostly noise early and mostly digit late.";
}

std::string targeted(const LabStep& s) {
  return std::string("The target is the velocity of this path, ") +
         (s.sigma_min > 0 ? "u = x1 − (1 − σ_min) x0" : "u = x1 − x0") +
         ", the same at every t. Its RMS is " + fixed(s.target_rms, 2) +
         " per coordinate; that of the digits is " + fixed(s.x1_rms, 2) + " and that of the noise " +
         fixed(s.x0_rms, 2) + ".";
}

std::string predicted(const LabStep& s) {
  const double angle = std::acos(std::clamp(s.cosine, -1.0, 1.0)) * 57.29578;
  return "From x_t, t and the label, the network predicts v. Its RMS is " + fixed(s.prediction_rms, 2) +
         " per coordinate, its angle to u about " + fixed(angle, 0) +
         "°. The one-step estimate of x₁ along v is blurred early, where many digits are still possible.";
}

std::string lost(const LabStep& s) {
  return "The loss is the mean of (v − u)² over all coordinates of the batch: " + fixed(s.mean_loss, 3) +
         ". It cannot reach 0: many paths cross in one x_t, and the best v is the mean of their velocities.";
}

std::string differentiated(const LabStep& s) {
  const auto top = std::max_element(s.groups.begin(), s.groups.end(),
                                    [](const auto& a, const auto& b) { return a.gradient < b.gradient; });
  const std::string clipped = s.clip <= 0 ? ""
                              : s.gradient_norm > s.clip
                                  ? ", scaled down to " + short_number(s.clip)
                                  : ", below the clipping limit " + short_number(s.clip);
  return "Backpropagation gives the derivative of the loss with respect to each of the " +
         grouped(s.parameters) + " weights. The norm of this gradient is " +
         short_number(s.gradient_norm, 3) + clipped + "; most of it lies in " + top->name + ".";
}

std::string updated(const LabStep& s) {
  const bool muon = s.optimizer == "muon";
  const std::string rate = muon ? "Muon (learning rate " + short_number(s.muon_rate, 2) + "; AdamW " +
                                      short_number(s.rate, 2) + " for the rest)"
                                : "AdamW (learning rate " + short_number(s.rate, 2) + ")";
  return rate + " changes the weights of a copy by " + percent(update_share(s)) +
         " of their norm. The loss of the batch " + (s.mean_loss_after < s.mean_loss ? "falls" : "rises") +
         " from " + fixed(s.mean_loss, 4) + " to " + fixed(s.mean_loss_after, 4) + ", that of " +
         std::to_string(s.batch) + " other digits from " + fixed(s.other_loss, 4) + " to " +
         fixed(s.other_loss_after, 4) + ". Unlike in training, the optimiser has no accumulated moments.";
}

}  // namespace

const char* const kStageTitles[kStages] = {"Digits, noise", "Times",    "Target", "Prediction",
                                           "Loss",          "Gradient", "Update"};

std::string stage_figure(const LabStep& s, size_t stage) {
  switch (stage) {
    case 0:
      return std::to_string(s.batch) + " pairs";
    case 1: {
      double sum = 0;
      for (const float t : s.t) sum += t;
      return "mean t " + fixed(sum / static_cast<double>(s.t.size()), 2);
    }
    case 2:
      return "|u| " + fixed(s.target_rms, 2);
    case 3:
      return "|v| " + fixed(s.prediction_rms, 2);
    case 4:
      return fixed(s.mean_loss, 3);
    case 5:
      return "|g| " + short_number(s.gradient_norm, 3);
    default:
      return "→ " + fixed(s.mean_loss_after, 3);
  }
}

std::string stage_sentence(const LabStep& s, size_t stage) {
  constexpr std::string (*kSentences[kStages])(const LabStep&) = {drawn, timed,          targeted, predicted,
                                                                  lost,  differentiated, updated};
  return kSentences[std::min(stage, kStages - 1)](s);
}

}  // namespace lf::app::panels
