// Draw, invert, edit: strokes to a picture, to a latent, back along the flow to noise, and from there to
// every class.
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>

#include "data/batches.h"
#include "data/stroke_pen.h"
#include "flow/integrate.h"
#include "inference/sampling.h"
#include "lab/lab_work.h"
#include "lab/plain_values.h"
#include "messages/errors.h"
#include "messages/lab_drawing.h"
#include "metrics/image_bytes.h"

namespace lf {
namespace {

constexpr double kPenRadius = 1.15, kPenSoftness = 0.9;  // about what MNIST's pens look like
constexpr int64_t kSteps = 50, kShown = 11;              // states of the way that are pictured
constexpr int64_t kClasses = 10;

struct Trip {
  const char* solver;
  int64_t steps;
};
/// The first one is the way that is pictured.
constexpr Trip kTrips[] = {{"rk4", kSteps}, {"midpoint", 100}, {"heun", 100},
                           {"ab2", 200},    {"euler", 200},    {"midpoint", 4}};

std::vector<uint8_t> ink(const std::string& text) {
  std::vector<InkSegment> segments;
  for (const auto& stroke : parse_strokes(text)) {
    for (size_t i = 0; i < stroke.size(); ++i) {
      const LabStrokePoint& a = stroke[i > 0 ? i - 1 : 0];
      segments.push_back({a.x, a.y, stroke[i].x, stroke[i].y});
    }
  }
  std::vector<uint8_t> pixels(784);
  ink_picture(std::move(segments), kPenRadius, kPenSoftness, pixels.data());
  return pixels;
}

class Drawing : public LabWork {
 public:
  explicit Drawing(const LabInput& input)
      : model_(input.model),
        judge_(input.judge),
        options_(input.options),
        labelled_(input.model.net->labelled()) {
    const at::NoGradGuard no_grad;
    const std::string strokes = options_.arguments.text("strokes");
    found_.picture = ink(strokes.empty() ? kSampleStrokes : strokes);
    const at::Tensor pixels = at::from_blob(found_.picture.data(), {1, 784}, at::kByte);
    encode(pixels);
    if (judge_) {
      const auto best = at::softmax(judge_->run_block(pixels.clone()).logits, 1).max(1);
      found_.seen = static_cast<int>(std::get<1>(best).item<int64_t>());
      found_.certainty = std::get<0>(best).item<double>();
    }
    const int told = static_cast<int>(options_.arguments.integer("told"));
    if (told >= 0) found_.seen = told;
    field_ = own_field();
  }

  bool advance() override {
    const at::NoGradGuard no_grad;
    news_ = false;
    if (!run_) {
      begin_leg();
    } else if (!run_->done()) {
      run_->supply((editing() ? class_field_ : field_)(run_->wanted_x(), run_->wanted_t()));
    } else {
      finish_leg();
    }
    return trip_ < std::size(kTrips);
  }

  double progress() const override {
    return (static_cast<double>(trip_) + (back_ ? 0.5 : 0)) / static_cast<double>(std::size(kTrips));
  }
  bool news() const override { return news_; }
  void publish(LabBlock& block) const override { block.drawing = std::make_shared<const LabDrawing>(found_); }

 private:
  bool editing() const { return edit_ == Edit::Running; }
  /// Of the digit as it is: told its class, where the net knows classes and somebody names it.
  VelocityField own_field() const {
    const bool told = labelled_ && found_.seen >= 0;
    return model_velocity(model_, at::full({1}, std::max(0, found_.seen), at::kLong),
                          told || !labelled_ ? 1 : 0, options_.raw_weights);
  }

  void encode(const at::Tensor& pixels) {
    const at::Tensor raw = model_.autoencoder->encode(to_unit(pixels)).mean.reshape({1, kLatentSize});
    latent_ = model_.standardisation.to_standard(raw).view({1, kLatentChannels, kLatentSide, kLatentSide});
    found_.latent = floats_of(latent_);
    found_.reconstruction = bytes_of(decode_pixels(model_, latent_));
  }

  void begin_leg() {
    const Trip& trip = kTrips[trip_];
    IntegrateOptions options = integrate_options({trip.solver, trip.steps, 1});
    if (!back_) options.t0 = 1, options.t1 = 0;
    if (editing()) options = integrate_options({"rk4", kSteps / 2, options_.arguments.number("guidance")});
    run_.emplace(editing() ? edited_noise() : back_ ? noise_ : latent_, options);
  }

  /// The noise of the drawing for every class, mixed with fresh noise where that is asked for; the mixture
  /// keeps its length.
  at::Tensor edited_noise() const {
    const double share = options_.arguments.number("noise");
    auto generator = make_generator(static_cast<uint64_t>(options_.seed), Purpose::Preview);
    const at::Tensor fresh = at::randn(pictured_noise_.sizes(), generator, at::kFloat);
    const at::Tensor mixed = std::sqrt(1 - share * share) * pictured_noise_ + share * fresh;
    return mixed.expand({kClasses, kLatentChannels, kLatentSide, kLatentSide}).contiguous();
  }

  void finish_leg() {
    const Trajectory& path = run_->trajectory();
    const at::Tensor end = path.x.back();
    if (editing()) {
      show_classes(end);
      edit_ = Edit::Done;
    } else if (!back_) {
      noise_ = end;
      there_ = path.nfe;
      if (trip_ == 0) show_way(path);
      back_ = true;
    } else {
      const double error = rms(end - latent_);
      found_.round_trips.push_back({kTrips[trip_].solver, kTrips[trip_].steps, there_ + path.nfe, error});
      back_ = false;
      ++trip_;
      news_ = true;
      if (edit_ == Edit::Wanted && labelled_) start_editing();
    }
    run_.reset();
  }

  void start_editing() {
    edit_ = Edit::Running;
    class_field_ = model_velocity(model_, at::arange(kClasses, at::kLong),
                                  options_.arguments.number("guidance"), options_.raw_weights);
  }

  void show_way(const Trajectory& path) {
    pictured_noise_ = noise_;
    found_.noise_length = rms(noise_);
    std::vector<at::Tensor> states;
    for (int64_t i = 0; i < kShown; ++i) {
      const auto at = static_cast<size_t>(i * kSteps / (kShown - 1));
      states.push_back(path.x[at]);
      found_.t.push_back(static_cast<float>(path.t[at]));
    }
    found_.way = bytes_of(decode_pixels(model_, at::cat(states)));
    news_ = true;
  }

  void show_classes(const at::Tensor& latents) {
    const at::Tensor pixels = decode_pixels(model_, latents);
    found_.classes = bytes_of(pixels);
    if (judge_) found_.classes_seen = bytes_of(judge_->run_block(pixels).logits.argmax(1));
    news_ = true;
  }

  enum class Edit { Wanted, Running, Done };

  const Model& model_;
  const Judge* judge_;
  LabOptions options_;
  bool labelled_;
  VelocityField field_, class_field_;
  at::Tensor latent_, noise_, pictured_noise_;  ///< (1, 4, 4, 4)
  std::optional<Integration> run_;
  size_t trip_ = 0;
  bool back_ = false;  ///< on the way from noise to the latent
  int64_t there_ = 0;  ///< evaluations of the way to noise
  Edit edit_ = Edit::Wanted;
  bool news_ = true;
  LabDrawing found_;
};

}  // namespace

std::unique_ptr<LabWork> make_drawing(const LabInput& input) {
  if (input.options.arguments.integer("told") >= 0) require_labels(input.model, 1, 0, "draw, invert, edit");
  return std::make_unique<Drawing>(input);
}

}  // namespace lf
