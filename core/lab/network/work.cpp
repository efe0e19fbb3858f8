// Network microscope: attention weights, how far t and label modulate each block, and the output of
// each branch, along the trajectories of ten digits.
#include "lab/work.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <optional>

#include "base/classes.h"
#include "base/errors.h"
#include "flow/paths.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "lab/network/result.h"
#include "lab/picture_slices.h"
#include "lab/plain_values.h"

namespace lf::lab {
namespace {

constexpr int64_t kNetworkDigits = kClasses, kNetworkSteps = 16;
constexpr int64_t kMostWeights = 8'000'000;  ///< number of published attention weights

/// One value of every block, side by side: B × … to (B, blocks, …).
template <class Part>
at::Tensor of_blocks(const models::VelocityProbe& probe, const Part& part) {
  std::vector<at::Tensor> all;
  for (const models::BlockProbe& block : probe.blocks) all.push_back(part(block));
  return at::stack(all, 1);
}

class NetworkMicroscope : public LabWork {
 public:
  explicit NetworkMicroscope(const LabInput& input)
      : model_(input.model),
        net_(input.options.raw_weights ? *input.model.net : *input.model.average),
        guidance_(input.options.guidance),
        labels_(inference::cycled_labels(0, kNetworkDigits, -1)),
        asked_(guidance_ == 0 ? at::full_like(labels_, kNoClass) : labels_),
        field_(inference::model_velocity(input.model, labels_, guidance_, input.options.raw_weights)),
        path_(inference::preview_noise(input.options.seed, kNetworkDigits),
              inference::integrate_options({"midpoint", kNetworkSteps, guidance_})) {
    found_.digits = kNetworkDigits;
    found_.labelled = net_.labelled() && guidance_ != 0;
  }

  bool advance() override {
    const at::NoGradGuard no_grad;
    news_ = false;
    if (!path_.done()) {
      follow_path();
    } else if (state_ < states()) {
      look_inside();
    } else if (!pictures_) {
      line_up();
    } else if (!pictures_->advance()) {
      found_.pictures = std::move(pictures_->sheet());
      decoded_ = news_ = true;
    }
    return !decoded_;
  }

  double progress() const override {
    const double path =
        path_.done() ? 1 : static_cast<double>(path_.trajectory().t.size()) / (kNetworkSteps + 1);
    const double inside = static_cast<double>(state_) / (kNetworkSteps + 1);
    return 0.2 * path + 0.5 * inside + 0.3 * (pictures_ ? pictures_->progress() : 0);
  }
  bool news() const override { return news_; }
  void publish(LabBlock& block) const override {
    if (!found_.t.empty()) block.result = std::make_shared<const LabNetwork>(found_);
  }

 private:
  size_t states() const { return path_.trajectory().t.size(); }

  void follow_path() {
    const double t = path_.wanted_t();
    const at::Tensor v = field_(path_.wanted_x(), t);
    const flow::Trajectory& path = path_.trajectory();
    if (velocities_.size() < path.x.size() && t == path.t.back()) velocities_.push_back(v.clone());
    path_.supply(v);
  }

  /// As many digits of the current state as keep a slice short.
  void look_inside() {
    const int64_t n = std::min(kNetworkDigits - first_, std::max<int64_t>(1, net_.slice_digits() / 2));
    const double t = path_.trajectory().t[state_];
    models::VelocityProbe probe;
    net_.probe(path_.trajectory().x[state_].narrow(0, first_, n), at::full({n}, t, at::kFloat),
               asked_.narrow(0, first_, n), probe);
    if (found_.blocks == 0) take_shape(probe);
    append(found_.attention, of_blocks(probe, [](const models::BlockProbe& b) { return b.attention; }));
    append(found_.modulation, of_blocks(probe, [](const models::BlockProbe& b) { return b.modulation; }));
    append(found_.share,
           of_blocks(probe, [](const models::BlockProbe& b) { return b.branch / b.stream.clamp_min(1e-9); }));
    if ((first_ += n) < kNetworkDigits) return;
    append(found_.time_features, probe.time_features[0]);
    found_.t.push_back(static_cast<float>(t));
    first_ = 0;
    ++state_;
    news_ = state_ == states();
  }

  void take_shape(const models::VelocityProbe& probe) {
    const at::Tensor& maps = probe.blocks.at(0).attention;
    found_.blocks = static_cast<int64_t>(probe.blocks.size());
    found_.heads = maps.size(1);
    found_.tokens = maps.size(2);
    while (found_.side * found_.side < found_.tokens) ++found_.side;
    found_.features = probe.time_features.size(1);
    const int64_t weights = (kNetworkSteps + 1) * kNetworkDigits * found_.blocks * maps[0].numel();
    if (weights > kMostWeights)
      throw InputError("this tool shows networks of up to " + std::to_string(kMostWeights) +
                       " attention weights for its ten digits, and this one has " + std::to_string(weights));
  }

  void line_up() {
    const flow::Trajectory& path = path_.trajectory();
    const double sigma_min = model_.settings.flow.sigma_min;
    std::vector<at::Tensor> rows(path.x);
    for (size_t s = 0; s < states(); ++s)
      rows.push_back(s < velocities_.size()
                         ? flow::endpoint_guess(path.x[s], velocities_[s], path.t[s], sigma_min)
                         : path.x[s]);
    pictures_.emplace(model_, at::cat(rows));
  }

  const inference::Model& model_;
  const models::VelocityNet& net_;
  double guidance_;
  at::Tensor labels_, asked_;
  flow::VelocityField field_;
  flow::Integration path_;
  std::vector<at::Tensor> velocities_;  ///< at the start of each step
  size_t state_ = 0;
  int64_t first_ = 0;  ///< next digit of that state
  std::optional<PictureSlices> pictures_;
  bool decoded_ = false, news_ = false;
  LabNetwork found_;
};

}  // namespace

std::unique_ptr<LabWork> make_lab_network(const LabInput& input) {
  LabInput own = input;
  if (!own.model.net->labelled()) own.options.guidance = 1;  // it has one velocity, labels or not
  return std::make_unique<NetworkMicroscope>(own);
}

}  // namespace lf::lab
