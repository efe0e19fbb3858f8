// Map of the latent space: every digit at its posterior mean, projected on two axes; the prior, and
// digits in between.
#include "lab/work.h"

#include <ATen/core/grad_mode.h>

#include <cstring>
#include <optional>

#include "base/classes.h"
#include "base/errors.h"
#include "data/generator.h"
#include "inference/latent_axes.h"
#include "inference/sampling.h"
#include "lab/map/result.h"
#include "lab/plain_values.h"

namespace lf::lab {
namespace {

constexpr int64_t kPrior = 2000, kFlowing = 400, kFlowSteps = 16;
constexpr int64_t kFirst = 3000;  ///< latents needed for the first map

/// The tensor's own memory, kept alive as long as it is in use.
std::shared_ptr<const uint8_t> shared_pixels(const at::Tensor& pixels) {
  const auto holder = std::make_shared<const at::Tensor>(pixels.contiguous());
  return {holder, holder->data_ptr<uint8_t>()};
}

class LatentMap : public LabWork {
 public:
  explicit LatentMap(const LabInput& input)
      : latents_(input.latents),
        by_class_(input.options.arguments.text("axes") == "class"),
        options_(input.options),
        labels_(inference::cycled_labels(0, kFlowing, input.options.digit)),
        field_(inference::model_velocity(input.model, labels_, input.options.guidance,
                                         input.options.raw_weights)) {
    at::Generator noise = data::make_generator(static_cast<uint64_t>(input.options.seed), Purpose::Sample);
    prior_ = at::randn({kPrior, models::kLatentSize}, noise);
    integration_.emplace(
        prior_.narrow(0, 0, kFlowing)
            .view({kFlowing, models::kLatentChannels, models::kLatentSide, models::kLatentSide}),
        inference::integrate_options({"midpoint", kFlowSteps, options_.guidance}));
    found_.flowing_labels = bytes_of(labels_);
    found_.train.total = latents_.train().pixels.size(0);
    found_.test.total = latents_.test().pixels.size(0);
  }

  bool advance() override {
    const at::NoGradGuard no_grad;
    news_ = false;
    LatentStore::Split& train = latents_.train();
    LatentStore::Split& test = latents_.test();
    if (!train.complete()) {
      train.advance();
      if (train.known() >= next_look_) look();
    } else if (!integration_->done()) {
      integration_->supply(field_(integration_->wanted_x(), integration_->wanted_t()));
    } else if (!test.complete()) {
      test.advance();
    } else {
      look();
      measure_means();
      return false;
    }
    return true;
  }

  double progress() const override {
    const double flow = integration_->done() ? 1 : integration_->wanted_t();
    return 0.75 * latents_.train().progress() + 0.15 * flow + 0.1 * latents_.test().progress();
  }
  bool news() const override { return news_; }
  void publish(LabBlock& block) const override { block.result = result_; }

  /// Other axes show what is already encoded.
  bool retarget(const LabOptions& options) override {
    LabOptions before = options_;
    before.arguments = options.arguments;
    if (before != options) return false;
    options_ = options;
    by_class_ = options.arguments.text("axes") == "class";
    axes_ = {};
    next_look_ = 0;
    return true;
  }

 private:
  /// Axes of the latents so far, and everything projected on them.
  void look() {
    const LatentStore::Split& train = latents_.train();
    const at::Tensor means = latents_.standard_means(train);
    const at::Tensor labels = train.labels.narrow(0, 0, train.known());
    inference::LatentAxes found =
        by_class_ ? inference::find_latent_axes(means, labels) : inference::find_principal_axes(means);
    // More digits turn the axes a little; they must not mirror the map on screen.
    if (axes_.directions.defined() && axes_.by_class == found.by_class) inference::align_axes(found, axes_);
    axes_ = std::move(found);
    auto map = std::make_shared<LabMap>(found_);
    map->axes = axes_.by_class ? "class axes" : "principal axes";
    map->share = inference::variance_share(axes_, means);
    put(train, map->train);
    if (latents_.test().complete()) put(latents_.test(), map->test);
    map->prior = floats_of(axes_.project(prior_));
    if (integration_->done()) {
      const flow::Trajectory& path = integration_->trajectory();
      map->t.assign(path.t.begin(), path.t.end());
      for (const at::Tensor& x : path.x) {
        const std::vector<float> points = floats_of(axes_.project(x));
        map->flowing.insert(map->flowing.end(), points.begin(), points.end());
      }
    }
    result_ = map;
    news_ = true;
    next_look_ = 2 * std::max(train.known(), kFirst);
  }

  void put(const LatentStore::Split& split, LabMapCloud& cloud) const {
    cloud.total = split.pixels.size(0);
    cloud.points = floats_of(axes_.project(latents_.standard_means(split)));
    cloud.labels = bytes_of(split.labels.narrow(0, 0, split.known()));
    cloud.pixels = shared_pixels(split.pixels);
  }

  /// Separation of the classes: test digits classified by the nearest mean of a training class, in
  /// all dimensions.
  void measure_means() {
    const LatentStore::Split& train = latents_.train();
    const at::Tensor x = latents_.standard_means(train);
    const at::Tensor sums = at::zeros({kClasses, models::kLatentSize}).index_add_(0, train.labels, x);
    const at::Tensor counts =
        at::bincount(train.labels, {}, kClasses).to(at::kFloat).clamp_min_(1).unsqueeze(1);
    const at::Tensor distance = at::cdist(latents_.standard_means(latents_.test()), sums / counts);
    const at::Tensor right = distance.argmin(1).eq(latents_.test().labels).to(at::kDouble).mean();
    found_.mean_accuracy = right.item<double>();
    auto map = std::make_shared<LabMap>(*result_);
    map->mean_accuracy = found_.mean_accuracy;
    result_ = map;
  }

  LatentStore& latents_;
  bool by_class_;
  LabOptions options_;
  at::Tensor labels_;
  flow::VelocityField field_;
  at::Tensor prior_;  ///< (kPrior, 64); the first of them flow
  std::optional<flow::Integration> integration_;
  inference::LatentAxes axes_;
  int64_t next_look_ = kFirst;
  bool news_ = false;
  LabMap found_;  ///< independent of the axes
  std::shared_ptr<const LabMap> result_;
};

}  // namespace

std::unique_ptr<LabWork> make_lab_map(const LabInput& input) {
  input.latents.require("the map");
  inference::require_labels(input.model, input.options.guidance, input.options.digit, "the map");
  return std::make_unique<LatentMap>(input);
}

}  // namespace lf::lab
