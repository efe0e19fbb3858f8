// Endpoint estimate: x̂1(t) = (1 − σ_min) x_t + (1 − (1 − σ_min) t) v, decoded, and the
// classifier's probabilities.
#include "lab/work.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>

#include "base/classes.h"
#include "base/errors.h"
#include "base/image_shape.h"
#include "files/idx/image_set.h"
#include "flow/paths.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "lab/ghost/result.h"
#include "lab/picture_slices.h"
#include "models/autoencoder.h"

namespace lf::lab {
namespace {

constexpr int64_t kGhostDigits = 40, kGhostSteps = 32;

class EndpointGhost : public LabWork {
 public:
  explicit EndpointGhost(const LabInput& input)
      : model_(input.model),
        judge_(input.judge),
        labels_(inference::cycled_labels(0, kGhostDigits, input.options.digit)),
        asked_(input.model.net->labelled() && input.options.guidance != 0),
        field_(inference::model_velocity(input.model, labels_, input.options.guidance,
                                         input.options.raw_weights)),
        integration_(inference::preview_noise(input.options.seed, kGhostDigits),
                     inference::integrate_options({"midpoint", kGhostSteps, input.options.guidance})) {}

  bool advance() override {
    const at::NoGradGuard no_grad;
    if (!integration_.done()) {
      integrate_slice();
    } else if (!pictures_) {
      line_up();
    } else if (!decoded_) {
      decoded_ = !pictures_->advance();
    } else {
      judge_slice();
    }
    return judged_ < states();
  }

  double progress() const override {
    if (!integration_.done())
      return 0.4 * static_cast<double>(integration_.trajectory().t.size()) / (kGhostSteps + 1);
    if (!decoded_) return 0.4 + (pictures_ ? 0.4 * pictures_->progress() : 0);
    return 0.8 + 0.2 * static_cast<double>(judged_) / static_cast<double>(states());
  }

  bool news() const override { return result_ != nullptr; }
  void publish(LabBlock& block) const override { block.result = result_; }

 private:
  size_t states() const { return integration_.done() ? integration_.trajectory().t.size() : kGhostSteps + 1; }

  /// The first evaluation of a step is at its start: the estimate there needs no additional
  /// evaluation.
  void integrate_slice() {
    const double t = integration_.wanted_t();
    const at::Tensor v = field_(integration_.wanted_x(), t);
    const flow::Trajectory& path = integration_.trajectory();
    if (velocities_.size() < path.x.size() && t == path.t.back()) velocities_.push_back(v.clone());
    integration_.supply(v);
  }

  void line_up() {
    const flow::Trajectory& path = integration_.trajectory();
    const double sigma_min = model_.settings.flow.sigma_min;
    std::vector<at::Tensor> rows(path.x);
    for (size_t s = 0; s < path.x.size(); ++s) {
      const at::Tensor time = at::full({kGhostDigits}, path.t[s], at::kFloat);
      rows.push_back(s < velocities_.size() ? flow::endpoint_guess(path.x[s], velocities_[s], time, sigma_min)
                                            : path.x[s]);
    }
    pictures_.emplace(model_, at::cat(rows));
    found_.digits = kGhostDigits;
    found_.t.assign(path.t.begin(), path.t.end());
    for (int64_t i = 0; i < kGhostDigits; ++i) {
      found_.labels.push_back(asked_ ? static_cast<uint8_t>(labels_[i].item<int64_t>()) : uint8_t{kNoClass});
    }
    found_.probability.resize(states() * kGhostDigits * kClasses);
  }

  /// Classifies all estimates of some states at once.
  void judge_slice() {
    const auto n = static_cast<int64_t>(std::min<size_t>(6, states() - judged_)) * kGhostDigits;
    uint8_t* first = pictures_->sheet().image_data((states() + judged_) * kGhostDigits);
    const at::Tensor logits =
        judge_->run_block(at::from_blob(first, {n, kDigitPixels}, at::kByte).clone()).logits;
    const at::Tensor p = at::softmax(logits.to(at::kFloat), 1).contiguous();
    std::memcpy(found_.probability.data() + judged_ * kGhostDigits * kClasses, p.data_ptr<float>(),
                p.nbytes());
    judged_ += static_cast<size_t>(n / kGhostDigits);
    if (judged_ == states()) conclude();
  }

  /// Entropy, predicted class, and the time at which each digit's class is decided.
  void conclude() {
    const size_t half = states() * kGhostDigits;
    found_.states = pictures_->sheet().part(0, half);
    found_.guesses = pictures_->sheet().part(half, half);
    for (size_t s = 0; s < states(); ++s) {
      double sum = 0;
      for (size_t d = 0; d < kGhostDigits; ++d) {
        const float* p = found_.probability.data() + (s * kGhostDigits + d) * kClasses;
        double bits = 0;
        for (int64_t c = 0; c < kClasses; ++c) bits -= p[c] > 0 ? p[c] * std::log2(p[c]) : 0;
        found_.entropy.push_back(static_cast<float>(std::max(0.0, bits)));
        found_.seen.push_back(static_cast<uint8_t>(std::max_element(p, p + kClasses) - p));
        sum += bits;
      }
      found_.mean_entropy.push_back(static_cast<float>(std::max(0.0, sum / kGhostDigits)));
    }
    for (size_t d = 0; d < kGhostDigits; ++d) find_decision(d);
    result_ = std::make_shared<const LabGhost>(std::move(found_));
  }

  void find_decision(size_t digit) {
    const auto seen = [&](size_t s) { return found_.seen[s * kGhostDigits + digit]; };
    size_t since = states() - 1;
    while (since > 0 && seen(since - 1) == seen(states() - 1)) --since;
    found_.decided.push_back(found_.t[since]);
    for (size_t s = 1; s < states(); ++s) found_.switches += seen(s) != seen(s - 1);
  }

  const inference::Model& model_;
  const metrics::Judge* judge_;
  at::Tensor labels_;
  bool asked_;  ///< conditional; otherwise the flow is unconditional
  flow::VelocityField field_;
  flow::Integration integration_;
  std::vector<at::Tensor> velocities_;     ///< at the start of each step
  std::optional<PictureSlices> pictures_;  ///< every state, then every estimate
  bool decoded_ = false;
  size_t judged_ = 0;  ///< states
  LabGhost found_;
  std::shared_ptr<const LabGhost> result_;
};

}  // namespace

std::unique_ptr<LabWork> make_lab_ghost(const LabInput& given) {
  LabInput input = given;
  if (input.options.arguments.on("unlabelled") && input.model.net->labelled())
    input.options.guidance = 0, input.options.digit = -1;
  if (!input.judge)
    throw InputError("the endpoint estimate needs a classifier, and none was trained on these digits");
  inference::require_labels(input.model, input.options.guidance, input.options.digit,
                            "the endpoint estimate");
  return std::make_unique<EndpointGhost>(input);
}

}  // namespace lf::lab
