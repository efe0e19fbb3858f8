// Draw, invert, edit: strokes to an image, to a latent, back along the flow to noise, and from
// there to every class.
#include "lab/work.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <optional>

#include "base/classes.h"
#include "base/errors.h"
#include "base/image_shape.h"
#include "base/image_sheet.h"
#include "data/batches.h"
#include "data/generator.h"
#include "data/stroke_pen.h"
#include "files/idx/image_set.h"
#include "inference/round_trip.h"
#include "lab/drawing/result.h"
#include "lab/plain_values.h"
#include "metrics/read_digit.h"

namespace lf::lab {
namespace {

constexpr double kPenRadius = 1.15, kPenSoftness = 0.9;  // similar to the pens of MNIST
constexpr int64_t kDrawingSteps = inference::kInversionSteps, kDrawingShown = 11;  // states of the trajectory
                                                                                   // that are shown

struct Trip {
  const char* solver;
  int64_t steps;
};
/// The first one is the trajectory that is shown.
constexpr Trip kTrips[] = {{"rk4", kDrawingSteps}, {"midpoint", 100}, {"heun", 100},
                           {"ab2", 200},           {"euler", 200},    {"midpoint", 4}};

ImageSheet ink(const std::string& text) {
  std::vector<data::InkSegment> segments;
  for (const auto& stroke : parse_strokes(text)) {
    for (size_t i = 0; i < stroke.size(); ++i) {
      const LabStrokePoint& a = stroke[i > 0 ? i - 1 : 0];
      segments.push_back({a.x, a.y, stroke[i].x, stroke[i].y});
    }
  }
  ImageSheet sheet = ImageSheet::black(1);
  data::ink_picture(std::move(segments), kPenRadius, kPenSoftness, sheet.image_data(0));
  return sheet;
}

class Drawing : public LabWork {
 public:
  explicit Drawing(const LabInput& input)
      : model_(input.model),
        judge_(input.judge),
        options_(input.options),
        labelled_(input.model.net->labelled()) {
    const at::NoGradGuard no_grad;
    const std::string strokes = options_.arguments.text("strokes"), image = options_.arguments.text("image");
    found_.picture =
        !image.empty() ? parse_image_text(image) : ink(strokes.empty() ? kSampleStrokes : strokes);
    const at::Tensor pixels = at::from_blob(found_.picture.image_data(0), {1, kDigitPixels}, at::kByte);
    encode(pixels);
    if (judge_) {
      const metrics::DigitReading reading = metrics::read_digit(*judge_, pixels);
      found_.seen = reading.digit;
      found_.certainty = reading.certainty;
    }
    const int told = static_cast<int>(options_.arguments.integer("told"));
    if (told >= 0) found_.seen = told;
    field_ = inference::digit_velocity(model_, found_.seen, options_.raw_weights);
  }

  bool advance() override {
    const at::NoGradGuard no_grad;
    news_ = false;
    if (edit_)
      edit_slice();
    else if (!round_)
      round_.emplace(field_, latent_, inference::SampleOptions{kTrips[trip_].solver, kTrips[trip_].steps, 1});
    else
      trip_slice();
    return edit_ || trip_ < std::size(kTrips);
  }

  double progress() const override {
    const double trip = static_cast<double>(trip_) + (round_ ? round_->progress() : 0);
    return trip / static_cast<double>(std::size(kTrips));
  }
  bool news() const override { return news_; }
  void publish(LabBlock& block) const override { block.result = std::make_shared<const LabDrawing>(found_); }

 private:
  void encode(const at::Tensor& pixels) {
    latent_ = inference::standard_latents(model_, pixels);
    found_.latent = floats_of(latent_);
    found_.reconstruction = data::image_sheet(inference::decode_pixels(model_, latent_));
  }

  /// The drawing's noise for every class, mixed with fresh noise if requested; the mixture keeps
  /// its length.
  at::Tensor edited_noise() const {
    const double share = options_.arguments.number("noise");
    auto generator = data::make_generator(static_cast<uint64_t>(options_.seed), Purpose::Preview);
    const at::Tensor fresh = at::randn(pictured_noise_.sizes(), generator, at::kFloat);
    const at::Tensor mixed = std::sqrt(1 - share * share) * pictured_noise_ + share * fresh;
    return mixed;
  }

  void trip_slice() {
    const bool more = round_->advance();
    if (trip_ == 0 && round_->turned() && found_.way.empty()) show_way();
    if (more) return;
    const Trip& trip = kTrips[trip_++];
    found_.round_trips.push_back({trip.solver, trip.steps, round_->nfe(), round_->error()});
    news_ = true;
    round_.reset();
    if (trip_ == 1 && labelled_) begin_edit();
  }

  void begin_edit() {
    const double w = options_.arguments.number("guidance");
    std::vector<int64_t> classes(kClasses);
    std::iota(classes.begin(), classes.end(), 0);
    edit_.emplace(model_, edited_noise(), classes, inference::SampleOptions{"rk4", kDrawingSteps / 2, w},
                  options_.raw_weights);
  }

  void edit_slice() {
    if (edit_->advance()) return;
    show_classes(edit_->trajectory().x.back());
    edit_.reset();
  }

  void show_way() {
    const flow::Trajectory& path = round_->there();
    pictured_noise_ = round_->noise();
    found_.noise_length = rms(pictured_noise_);
    std::vector<at::Tensor> states;
    for (int64_t i = 0; i < kDrawingShown; ++i) {
      const auto at = static_cast<size_t>(i * kDrawingSteps / (kDrawingShown - 1));
      states.push_back(path.x[at]);
      found_.t.push_back(static_cast<float>(path.t[at]));
    }
    found_.way = data::image_sheet(inference::decode_pixels(model_, at::cat(states)));
    news_ = true;
  }

  void show_classes(const at::Tensor& latents) {
    const at::Tensor pixels = inference::decode_pixels(model_, latents);
    found_.classes = data::image_sheet(pixels);
    if (judge_) found_.classes_seen = bytes_of(judge_->run_block(pixels).logits.argmax(1));
    news_ = true;
  }

  const inference::Model& model_;
  const metrics::Judge* judge_;
  LabOptions options_;
  bool labelled_;
  flow::VelocityField field_;
  at::Tensor latent_, pictured_noise_;  ///< (1, 4, 4, 4)
  size_t trip_ = 0;
  std::optional<inference::RoundTrip> round_;
  std::optional<inference::ClassEdit> edit_;
  bool news_ = true;
  LabDrawing found_;
};

}  // namespace

std::unique_ptr<LabWork> make_lab_drawing(const LabInput& input) {
  if (input.options.arguments.integer("told") >= 0)
    inference::require_labels(input.model, 1, 0, "draw, invert, edit");
  return std::make_unique<Drawing>(input);
}

}  // namespace lf::lab
