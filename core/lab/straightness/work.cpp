// Straightness: the trajectories of many digits in fine steps, their shape and where they turn, and
// the results of a few Euler steps.
#include "lab/work.h"

#include <ATen/core/grad_mode.h>

#include <cmath>
#include <cstring>
#include <numeric>
#include <optional>

#include "base/classes.h"
#include "data/batches.h"
#include "files/idx/image_set.h"
#include "flow/straightness.h"
#include "inference/latent_axes.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "lab/picture_slices.h"
#include "lab/plain_values.h"
#include "lab/straightness/result.h"

namespace lf::lab {
namespace {

constexpr int64_t kStraightnessDigits = inference::kMostPreviewNoise, kStraightnessBatch = 40,
                  kStraightnessShown = 10;
constexpr int64_t kStraightnessSteps = 48;
constexpr int64_t kCoarseSteps[] = {1, 2, 4, 8};
constexpr double kDegrees = 180 / M_PI;

/// The steps taken so far.
int64_t steps_of(const flow::Trajectory& path) { return static_cast<int64_t>(path.t.size()) - 1; }

class PathStraightness : public LabWork {
 public:
  explicit PathStraightness(const LabInput& input)
      : model_(input.model),
        options_(input.options),
        asked_(input.model.net->labelled() && input.options.guidance != 0),
        noise_(inference::preview_noise(input.options.seed, kStraightnessDigits)),
        labels_(inference::cycled_labels(0, kStraightnessDigits, -1)) {
    found_.wanted = kStraightnessDigits;
    found_.followed = kStraightnessBatch;
    found_.shown = kStraightnessShown;
    found_.reference = "midpoint, " + std::to_string(kStraightnessSteps) + " steps";
  }

  bool advance() override {
    const at::NoGradGuard no_grad;
    news_ = false;
    if (first_ >= kStraightnessDigits) return false;  // the result is complete already
    if (!integration_) {
      begin(first_, "midpoint", kStraightnessSteps);
    } else if (!integration_->done()) {
      integration_->supply(field_(integration_->wanted_x(), integration_->wanted_t()));
    } else {
      finish();
    }
    return first_ < kStraightnessDigits;
  }

  /// By steps: the first batch is also followed coarsely.
  double progress() const override {
    const int64_t batches = kStraightnessDigits / kStraightnessBatch;
    const int64_t all =
        std::accumulate(std::begin(kCoarseSteps), std::end(kCoarseSteps), batches * kStraightnessSteps);
    const int64_t current = integration_ ? steps_of(integration_->trajectory()) : 0;
    return static_cast<double>(steps_done_ + current) / static_cast<double>(all);
  }
  bool news() const override { return news_; }
  void publish(LabBlock& block) const override {
    if (found_.digits > 0) block.result = std::make_shared<const LabStraightness>(found_);
  }

  /// The digits are always of all ten classes.
  bool retarget(const LabOptions& options) override {
    LabOptions same = options;
    same.digit = options_.digit;
    return same == options_;
  }

 private:
  void begin(int64_t first, const char* solver, int64_t steps) {
    field_ = inference::model_velocity(model_, labels_.narrow(0, first, kStraightnessBatch),
                                       options_.guidance, options_.raw_weights);
    integration_.emplace(noise_.narrow(0, first, kStraightnessBatch),
                         inference::integrate_options({solver, steps, options_.guidance}));
  }

  /// The first batch is followed by the coarse solutions of the same digits; these are shown first.
  void finish() {
    const flow::Trajectory& path = integration_->trajectory();
    steps_done_ += steps_of(path);
    if (!measured_) {
      measure(path);
      measured_ = true;
      if (first_ == 0) ends_.push_back(path.x.back());
    } else {
      ends_.push_back(path.x.back());
    }
    if (first_ == 0 && ends_.size() <= std::size(kCoarseSteps))
      return begin(0, "euler", kCoarseSteps[ends_.size() - 1]);
    if (first_ == 0) compare();
    first_ += kStraightnessBatch;
    measured_ = false;
    integration_.reset();
    news_ = true;
  }

  void measure(const flow::Trajectory& path) {
    const at::Tensor states = at::stack(path.x).flatten(2);
    const flow::PathShape shape = flow::path_shape(states, path.t);
    const flow::Turning turns = flow::turning(states, path.t);
    append(found_.ratio, shape.ratio);
    append(found_.cost, shape.cost);
    append(found_.deviation, shape.deviation / shape.cost.clamp_min(1e-12));
    append(found_.turned, turns.angle.sum(0) * kDegrees);
    for (int64_t i = 0; i < kStraightnessBatch; ++i) {
      const int64_t label = asked_ ? labels_[first_ + i].item<int64_t>() : kNoClass;
      found_.labels.push_back(static_cast<uint8_t>(label));
    }
    const at::Tensor rate = turns.rate * kDegrees;
    rates_ = rates_.defined() ? at::cat({rates_, rate}, 1) : rate;
    found_.digits += kStraightnessBatch;
    found_.t.assign(turns.t.begin(), turns.t.end());
    found_.turning = floats_of(rates_.mean(1));
    if (asked_) {  // classes in turn, so that every batch holds as many of each
      const at::Tensor by_class = rates_.reshape({rates_.size(0), -1, kClasses}).mean(1);
      found_.class_turning = floats_of(by_class.t());
    }
    if (first_ == 0) place(states, path.t, rate);
  }

  /// The plane in which the trajectories vary most: principal axes of all their states.
  void place(const at::Tensor& states, const std::vector<double>& times, const at::Tensor& rate) {
    const at::Tensor all = states.reshape({-1, states.size(2)});
    const inference::LatentAxes axes = inference::find_latent_axes(all, at::zeros({all.size(0)}, at::kLong));
    const at::Tensor points = axes.project(all);
    found_.in_plane = (points.square().sum() / (all - axes.centre).square().sum()).item<double>();
    found_.points = floats_of(points.view({states.size(0), kStraightnessBatch, 2}).transpose(0, 1));
    found_.own_turning = floats_of(rate.t());
    found_.state_t.assign(times.begin(), times.end());
  }

  void compare() {
    std::vector<at::Tensor> rows;
    for (size_t i = 1; i <= ends_.size(); ++i)  // the fine one last
      rows.push_back(
          inference::decode_pixels(model_, ends_[i % ends_.size()].narrow(0, 0, kStraightnessShown)));
    const at::Tensor fine = rows.back().to(at::kFloat);
    for (size_t i = 0; i < std::size(kCoarseSteps); ++i) {
      found_.coarse.push_back(
          {kCoarseSteps[i], rms(ends_[i + 1] - ends_[0]), rms((rows[i].to(at::kFloat) - fine) / 255)});
    }
    found_.pictures = data::image_sheet(at::cat(rows));
  }

  const inference::Model& model_;
  LabOptions options_;
  bool asked_;  ///< conditional; otherwise the flow is unconditional
  at::Tensor noise_, labels_;
  int64_t first_ = 0;       ///< first digit of the current batch
  int64_t steps_done_ = 0;  ///< of the trajectories that are complete
  bool measured_ = false;
  flow::VelocityField field_;
  std::optional<flow::Integration> integration_;
  at::Tensor rates_;              ///< (S, digits) degrees per unit of t
  std::vector<at::Tensor> ends_;  ///< of the first batch: fine, then coarse
  bool news_ = false;
  LabStraightness found_;
};

}  // namespace

std::unique_ptr<LabWork> make_lab_straightness(const LabInput& input) {
  inference::require_labels(input.model, input.options.guidance, -1, "the tool Straightness");
  return std::make_unique<PathStraightness>(input);
}

}  // namespace lf::lab
