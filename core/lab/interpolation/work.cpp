// Interpolation between two digits: linear in the latent, on a great circle in the noise (slerp,
// Shoemake 1985), and at t along the flow.
#include "lab/work.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/errors.h"
#include "data/batches.h"
#include "flow/integrate.h"
#include "inference/sampling.h"
#include "lab/interpolation/result.h"
#include "lab/plain_values.h"
#include "metrics/image_bytes.h"

namespace lf::lab {
namespace {

constexpr int64_t kFrames = 11, kInterpolationSteps = 25;  // rk4: 100 evaluations in each direction
constexpr const char* kSolver = "rk4";

flow::IntegrateOptions way(double from, double to) {
  flow::IntegrateOptions options = inference::integrate_options({kSolver, kInterpolationSteps, 0});
  options.t0 = from;
  options.t1 = to;
  return options;
}

/// Length of the polygon through the rows relative to the distance of its ends.
double relative_length(const at::Tensor& rows) {
  const at::Tensor x = rows.flatten(1).to(at::kDouble);
  const double length = (x.slice(0, 1) - x.slice(0, 0, -1)).norm(2, 1).sum().item<double>();
  return length / std::max(1e-9, (x[-1] - x[0]).norm().item<double>());
}

class Interpolation : public LabWork {
 public:
  explicit Interpolation(const LabInput& input)
      : model_(input.model),
        judge_(input.judge),
        // Unconditional: between two classes no label would be right.
        field_(inference::model_velocity(input.model, at::zeros({2}, at::kLong),
                                         input.model.net->labelled() ? 0 : 1, input.options.raw_weights)),
        frame_field_(inference::model_velocity(input.model, at::zeros({kFrames}, at::kLong),
                                               input.model.net->labelled() ? 0 : 1,
                                               input.options.raw_weights)) {
    const auto& data = input.latents.data();
    const int64_t count = data.train_pixels.size(0);
    const auto row = [&](const char* key) {
      return std::min(input.options.arguments.integer(key), count - 1);
    };
    found_.first = row("a"), found_.second = row("b");
    found_.t = input.options.arguments.number("t");
    const at::Tensor rows = at::tensor({found_.first, found_.second}, at::kLong);
    const at::Tensor pixels = data.train_pixels.index_select(0, rows);
    found_.first_label = static_cast<uint8_t>(data.train_labels[found_.first].item<int64_t>());
    found_.second_label = static_cast<uint8_t>(data.train_labels[found_.second].item<int64_t>());
    found_.ends = data::image_sheet(pixels);
    found_.frames = kFrames;
    for (int64_t i = 0; i < kFrames; ++i) found_.share.push_back(static_cast<float>(i) / (kFrames - 1));
    const at::NoGradGuard no_grad;
    ends_ =
        model_.standardisation
            .to_standard(
                model_.autoencoder->encode(metrics::to_unit(pixels)).mean.reshape({2, models::kLatentSize}))
            .view({2, models::kLatentChannels, models::kLatentSide, models::kLatentSide});
  }

  bool advance() override {
    const at::NoGradGuard no_grad;
    news_ = false;
    if (stage_ == 0) {
      add_film("latent", blend(ends_, false));
      run_.emplace(ends_, way(1, found_.t));
    } else if (!run_->done()) {
      run_->supply(
          (run_->wanted_x().size(0) == 2 ? field_ : frame_field_)(run_->wanted_x(), run_->wanted_t()));
      return true;
    } else {
      return next_stage();
    }
    ++stage_;
    return true;
  }

  double progress() const override { return stage_ / 6.0; }
  bool news() const override { return news_; }
  void publish(LabBlock& block) const override {
    block.result = std::make_shared<const LabInterpolation>(found_);
  }

 private:
  at::Tensor reached() const { return run_->trajectory().x.back(); }

  /// Both digits back to t, blended there, forward; then further back to the noise, blended,
  /// forward.
  bool next_stage() {
    if (stage_ == 1) {
      half_way_ = reached();
      run_.emplace(blend(half_way_, true), way(found_.t, 1));
    } else if (stage_ == 2) {
      add_film("flow", reached());
      run_.emplace(half_way_, way(found_.t, 0));
    } else if (stage_ == 3) {
      run_.emplace(blend(reached(), true), way(0, 1));
    } else {
      const at::Tensor frames = reached();
      add_film("noise", frames);
      const at::Tensor back = at::stack({frames[0], frames[kFrames - 1]});
      found_.round_trip = rms(back - ends_);
      stage_ = 6;
      return false;
    }
    ++stage_;
    return true;
  }

  /// (kFrames, 4, 4, 4) from the first of `pair` to its second: linear, or on a great circle, which
  /// keeps the length of the noise.
  at::Tensor blend(const at::Tensor& pair, bool spherical) const {
    const at::Tensor a = pair[0], b = pair[1];
    const double cosine = at::cosine_similarity(a.flatten(), b.flatten(), 0).item<double>();
    const double angle = std::acos(std::clamp(cosine, -1.0, 1.0));
    std::vector<at::Tensor> rows;
    for (const float s : found_.share) {
      const bool straight = !spherical || std::sin(angle) < 1e-4;
      const double wa = straight ? 1 - s : std::sin((1 - s) * angle) / std::sin(angle);
      const double wb = straight ? s : std::sin(s * angle) / std::sin(angle);
      rows.push_back(wa * a + wb * b);
    }
    return at::stack(rows);
  }

  void add_film(const char* name, const at::Tensor& latents) {
    LabFilm film;
    film.name = name;
    const at::Tensor pixels = inference::decode_pixels(model_, latents);
    film.pictures = data::image_sheet(pixels);
    film.length = relative_length(latents);
    if (judge_) {
      const auto best = at::softmax(judge_->run_block(pixels).logits, 1).max(1);
      film.seen = bytes_of(std::get<1>(best));
      film.certainty = floats_of(std::get<0>(best));
    }
    found_.films.push_back(std::move(film));
    news_ = true;
  }

  const inference::Model& model_;
  const metrics::Judge* judge_;
  flow::VelocityField field_, frame_field_;
  at::Tensor ends_, half_way_;  ///< (2, 4, 4, 4)
  std::optional<flow::Integration> run_;
  int stage_ = 0;
  bool news_ = false;
  LabInterpolation found_;
};

}  // namespace

std::unique_ptr<LabWork> make_lab_interpolation(const LabInput& input) {
  input.latents.require("the interpolation");
  return std::make_unique<Interpolation>(input);
}

}  // namespace lf::lab
