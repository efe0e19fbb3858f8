// Guidance anatomy: the terms of v = v_null + w (v_digit − v_null) (Ho & Salimans 2022), and its
// effect by number of steps.
#include "lab/work.h"

#include <ATen/core/grad_mode.h>

#include <optional>

#include "base/classes.h"
#include "base/errors.h"
#include "data/batches.h"
#include "flow/paths.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "lab/guidance/result.h"
#include "lab/picture_slices.h"
#include "lab/plain_values.h"
#include "models/autoencoder.h"

namespace lf::lab {
namespace {

constexpr int64_t kGuidanceDigits = kClasses, kPathSteps = 32;
constexpr double kGuided = 3;
const std::vector<double> kWeights{0, 0.5, 1, 1.5, 2, 3, 5, 8};
const std::vector<int64_t> kGuidanceSteps{1, 2, 4, 8, 16};

/// RMS over each digit's coordinates.
at::Tensor norm_of(const at::Tensor& v) { return v.flatten(1).square().mean(1).sqrt(); }

class GuidanceAnatomy : public LabWork {
 public:
  explicit GuidanceAnatomy(const LabInput& input)
      : model_(input.model),
        judge_(input.judge),
        options_(input.options),
        raw_(input.options.raw_weights),
        sigma_min_(input.model.settings.flow.sigma_min),
        labels_(inference::cycled_labels(0, kGuidanceDigits, -1)),
        noise_(inference::preview_noise(input.options.seed, kGuidanceDigits)),
        null_(field(0)),
        asked_(field(1)),
        path_(noise_, inference::integrate_options({"midpoint", kPathSteps, 1})) {
    found_.digits = kGuidanceDigits;
    found_.guided = kGuided;
    found_.weights = kWeights;
    found_.steps = kGuidanceSteps;
  }

  bool advance() override {
    const at::NoGradGuard no_grad;
    news_ = false;
    if (cell_ == cells()) return false;  // the same request again
    if (!path_.done()) {
      path_.supply(asked_(path_.wanted_x(), path_.wanted_t()));
    } else if (state_ < path_.trajectory().t.size()) {
      compare_at(state_++);
    } else if (!guesses_decoded_) {
      decode_guesses();
    } else {
      grid_slice();
    }
    return cell_ < cells();
  }

  double progress() const override {
    const double path = static_cast<double>(path_.trajectory().t.size() + state_) / (2 * kPathSteps + 2);
    return 0.3 * path + 0.7 * static_cast<double>(cell_) / static_cast<double>(cells());
  }
  bool news() const override { return news_; }
  void publish(LabBlock& block) const override {
    if (guesses_decoded_) block.result = std::make_shared<const LabGuidance>(found_);
  }

  /// Guidance and class of the previews change nothing here: the grid contains all of them.
  bool retarget(const LabOptions& options) override {
    LabOptions before = options_;
    before.guidance = options.guidance, before.digit = options.digit;
    if (before != options) return false;
    options_ = options;
    return true;
  }

 private:
  static size_t cells() { return kWeights.size() * kGuidanceSteps.size(); }
  flow::VelocityField field(double w) const { return inference::model_velocity(model_, labels_, w, raw_); }

  /// Both velocities at one state of the trajectory, and the endpoint estimates of these and of the
  /// guided one.
  void compare_at(size_t s) {
    const at::Tensor& x = path_.trajectory().x[s];
    const double t = path_.trajectory().t[s];
    const at::Tensor null = null_(x, t).clone(), asked = asked_(x, t).clone(), step = asked - null;
    const at::Tensor time = at::full({kGuidanceDigits}, t, at::kFloat);
    heading_[0].push_back(flow::endpoint_guess(x, null, time, sigma_min_));
    heading_[1].push_back(flow::endpoint_guess(x, asked, time, sigma_min_));
    heading_[2].push_back(flow::endpoint_guess(x, null + kGuided * step, time, sigma_min_));
    found_.t.push_back(static_cast<float>(t));
    append(found_.null_norm, norm_of(null));
    append(found_.digit_norm, norm_of(asked));
    append(found_.difference_norm, norm_of(step));
    append(found_.cosine, at::cosine_similarity(null.flatten(1), asked.flatten(1), 1));
  }

  void decode_guesses() {
    if (!pictures_) {
      std::vector<at::Tensor> all;
      for (const auto& kind : heading_) all.insert(all.end(), kind.begin(), kind.end());
      pictures_.emplace(model_, at::cat(all));
    }
    if (pictures_->advance()) return;
    found_.guesses = std::move(pictures_->sheet());
    guesses_decoded_ = news_ = true;
  }

  /// One evaluation of the current cell. Cells are computed in order: starting at weight 1 would
  /// not give a readable grid.
  void grid_slice() {
    if (!cell_run_) {
      const double w = kWeights[cell_ / kGuidanceSteps.size()];
      cell_field_ = field(w);
      cell_run_.emplace(noise_, inference::integrate_options(
                                    {"midpoint", kGuidanceSteps[cell_ % kGuidanceSteps.size()], w}));
    }
    if (!cell_run_->done())
      return cell_run_->supply(cell_field_(cell_run_->wanted_x(), cell_run_->wanted_t()));
    const at::Tensor pixels = inference::decode_pixels(model_, cell_run_->trajectory().x.back()).contiguous();
    found_.pictures.append(data::image_sheet(pixels));
    if (judge_) {
      const at::Tensor seen = judge_->run_block(pixels).logits.argmax(1).to(at::kByte).contiguous();
      found_.seen.insert(found_.seen.end(), seen.data_ptr<uint8_t>(),
                         seen.data_ptr<uint8_t>() + kGuidanceDigits);
    }
    cell_run_.reset();
    news_ = ++cell_ % kGuidanceSteps.size() == 0;
  }

  const inference::Model& model_;
  const metrics::Judge* judge_;
  LabOptions options_;
  bool raw_;
  double sigma_min_;
  at::Tensor labels_, noise_;
  flow::VelocityField null_, asked_, cell_field_;
  flow::Integration path_;
  size_t state_ = 0, cell_ = 0;
  std::vector<at::Tensor> heading_[3];  ///< endpoint estimates of v_null, v_digit, guided
  std::optional<PictureSlices> pictures_;
  std::optional<flow::Integration> cell_run_;
  bool guesses_decoded_ = false, news_ = false;
  LabGuidance found_;
};

}  // namespace

std::unique_ptr<LabWork> make_lab_guidance(const LabInput& input) {
  if (!input.model.net->labelled())
    throw InputError("guidance needs a class-conditional network, and this one is unconditional");
  return std::make_unique<GuidanceAnatomy>(input);
}

}  // namespace lf::lab
