// Vector field: the network's velocity and the exact one of all latents on a plane through latent
// space.
#include "lab/work.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/classes.h"
#include "base/errors.h"
#include "flow/exact_field.h"
#include "lab/field/plane.h"
#include "lab/field/result.h"
#include "lab/field/streaks.h"
#include "lab/plain_values.h"
#include "models/autoencoder.h"
#include "models/velocity_net.h"

namespace lf::lab {
namespace {

constexpr int kSides[] = {17, 33};  ///< grids: a coarse one first, then a fine one
constexpr int kPasses = static_cast<int>(std::size(kSides));
constexpr int kTexture = 176;
constexpr int64_t kFieldLatents = 4000;  ///< for the axes, and for a first look while most are not known yet
constexpr int64_t kPoints = 1200;        ///< shown
constexpr int64_t kNetRows = 128;        ///< states per call of the network
constexpr double kSumAtOnce = 2.5e6;     ///< states times latents of a slice of v*

/// The request; everything but the time determines latents and plane.
struct Target {
  std::string plane;
  std::array<int64_t, 3> corners{};
  int digit = -1;
  double t = 0;
  bool quick = false;  ///< only the first grid, because t plays

  explicit Target(const LabArguments& a)
      : plane(a.text("plane")),
        corners{a.integer("a"), a.integer("b"), a.integer("c")},
        digit(static_cast<int>(a.integer("class"))),
        t(a.number("t")),
        quick(a.on("quick")) {}
  bool same_plane(const Target& o) const {
    return plane == o.plane && (plane != "digits" || corners == o.corners);
  }
  /// The same, except for the resolution.
  bool operator==(const Target& o) const { return same_plane(o) && digit == o.digit && t == o.t; }
  int passes() const { return quick ? 1 : kPasses; }
};

class VectorField : public LabWork {
 public:
  explicit VectorField(const LabInput& input)
      : model_(input.model),
        latents_(input.latents),
        train_(input.latents.train()),
        raw_(input.options.raw_weights),
        labelled_(input.model.net->labelled()),
        target_(input.options.arguments),
        wanted_(target_) {
    if (!can_be_told(target_))
      throw InputError("this network is unconditional and accepts no class label; leave out the class");
    encoding_share_ = train_.complete() ? 0 : 0.5;
  }

  bool advance() override {
    const at::NoGradGuard no_grad;
    news_ = false;
    if (pass_ >= target_.passes()) return false;  // the same request again
    const bool first_look = pass_ == 0 && (!target_.quick || found_.side == 0);
    const bool enough = train_.complete() || (first_look && train_.known() >= kFieldLatents);
    if (!enough) {
      train_.advance();
      news_ = found_.side > 0 && train_.known() % kFieldLatents == 0;  // the first look, with its progress
    } else if (!law_ || law_latents_ != train_.known()) {
      prepare();
    } else if (net_rows_ < states_.size(0)) {
      ask_net();
    } else if (!sum_ || sum_->rows() < law_->size()) {
      ask_exact_field();
    } else {
      finish_pass();
    }
    return pass_ < target_.passes();
  }

  double progress() const override {
    const double passes = static_cast<double>(pass_) / target_.passes();
    return encoding_share_ * train_.progress() + (1 - encoding_share_) * passes;
  }
  bool news() const override { return news_; }
  void publish(LabBlock& block) const override {
    if (found_.side > 0) block.result = std::make_shared<const LabField>(found_);
  }

  /// A running coarse grid is finished first: otherwise dragging t would never show one.
  bool retarget(const LabOptions& options) override {
    const Target next(options.arguments);
    if (options.raw_weights != raw_ || !can_be_told(next)) return false;
    wanted_ = next;
    if (wanted_ == target_) {
      const bool begin = target_.quick && !wanted_.quick && pass_ == 1;
      target_.quick = wanted_.quick;
      if (begin && law_latents_ == train_.known()) begin_grid();
      return true;
    }
    const bool first = pass_ == 0 && law_ && found_.side > 0;
    if (!first) follow_wanted();
    return true;
  }

 private:
  bool can_be_told(const Target& target) const { return labelled_ || target.digit < 0; }

  void follow_wanted() {
    if (!target_.same_plane(wanted_)) plane_.reset();
    target_ = wanted_;
    pass_ = 0;
    law_.reset();
  }

  /// Plane, distribution and states of the pass.
  void prepare() {
    const at::Tensor means = latents_.standard_means(train_);
    const at::Tensor labels = train_.labels.narrow(0, 0, train_.known());
    if (!plane_) make_plane(means, labels);
    if (whole_latents_ != train_.known()) {
      whole_.emplace(means, latents_.standard_deviations(train_), model_.settings.flow.sigma_min);
      whole_latents_ = train_.known();
    }
    law_ = target_.digit < 0 ? *whole_ : whole_->of_digit(labels, target_.digit);
    law_latents_ = train_.known();
    begin_grid();
  }

  /// From the first latents, so that it does not turn while more become known.
  void make_plane(const at::Tensor& means, const at::Tensor& labels) {
    const int64_t n = std::min(kFieldLatents, means.size(0)), shown = std::min(kPoints, n);
    plane_ = make_field_plane(target_.plane, target_.corners, means.narrow(0, 0, n), labels.narrow(0, 0, n));
    points_ = floats_of(plane_->project(means.narrow(0, 0, shown)));
    const at::Tensor classes = labels.narrow(0, 0, shown).to(at::kByte).contiguous();
    point_labels_.assign(classes.data_ptr<uint8_t>(), classes.data_ptr<uint8_t>() + shown);
  }

  void begin_grid() {
    states_ = plane_->states(kSides[pass_], target_.t).to(at::kFloat).contiguous();
    learned_ = at::empty_like(states_);
    net_rows_ = 0;
    sum_.reset();
    const int64_t label = target_.digit < 0 ? kNoClass : target_.digit;
    const int64_t rows = std::min(kNetRows, states_.size(0));
    field_ = inference::model_velocity(model_, at::full({rows}, label, at::kLong), 1, raw_);
  }

  /// Always the same number of rows; the last ones may be evaluated twice.
  void ask_net() {
    const int64_t rows = std::min(kNetRows, states_.size(0));
    const int64_t first = std::min(net_rows_, states_.size(0) - rows);
    const at::Tensor x = states_.narrow(0, first, rows)
                             .view({rows, models::kLatentChannels, models::kLatentSide, models::kLatentSide});
    learned_.narrow(0, first, rows).copy_(field_(x, target_.t).reshape({rows, models::kLatentSize}));
    net_rows_ = first + rows;
  }

  void ask_exact_field() {
    if (!sum_) sum_.emplace(*law_, states_, target_.t);
    const auto rows = static_cast<int64_t>(kSumAtOnce / static_cast<double>(states_.size(0)));
    sum_->add(sum_->rows(), std::min(rows, law_->size() - sum_->rows()));
  }

  void finish_pass() {
    summarise(sum_->velocity());
    news_ = true;
    if (!(target_ == wanted_)) return follow_wanted();
    ++pass_;
    // More latents may be known by now: then prepare() handles it.
    if (pass_ < target_.passes() && law_latents_ == train_.known()) begin_grid();
  }

  LabFieldGrid grid_of(const at::Tensor& v, bool streaks) const {
    LabFieldGrid grid;
    grid.arrows = floats_of(v.matmul(plane_->axes.to(v.scalar_type())));
    grid.length = floats_of(v.square().mean(1).sqrt());
    if (streaks) grid.streaks = flow_streaks(grid.arrows, kSides[pass_], kTexture);
    return grid;
  }

  void summarise(const at::Tensor& exact) {
    const at::Tensor difference = learned_ - exact;
    found_.plane = target_.plane;
    found_.t = target_.t;
    found_.digit = target_.digit;
    found_.side = kSides[pass_];
    found_.texture = kTexture;
    found_.extent = plane_->extent;
    found_.learned = grid_of(learned_, true);
    found_.exact = grid_of(exact, true);
    found_.difference = grid_of(difference, false);
    found_.latents = law_->size();
    found_.latents_total =
        target_.digit < 0 ? train_.pixels.size(0) : train_.labels.eq(target_.digit).sum().item<int64_t>();
    found_.points = points_;
    found_.labels = point_labels_;
    const auto mean_length = [](const at::Tensor& v) {
      return v.to(at::kDouble).square().mean(1).sqrt().mean().item<double>();
    };
    found_.learned_length = mean_length(learned_);
    found_.exact_length = mean_length(exact);
    found_.difference_length = mean_length(difference);
    found_.cosine = at::cosine_similarity(learned_, exact, 1).mean().item<double>();
  }

  const inference::Model& model_;
  LatentStore& latents_;
  LatentStore::Split& train_;
  bool raw_, labelled_;
  Target target_, wanted_;  ///< in progress, and requested last
  double encoding_share_ = 0;
  int pass_ = 0;
  std::optional<FieldPlane> plane_;
  std::vector<float> points_;
  std::vector<uint8_t> point_labels_;
  std::optional<flow::ExactField> whole_, law_;  ///< of all known latents, and of those of the class
  int64_t whole_latents_ = 0, law_latents_ = 0;
  at::Tensor states_, learned_;  ///< (side · side, 64)
  int64_t net_rows_ = 0;         ///< known rows of `learned_`
  flow::VelocityField field_;
  std::optional<flow::ExactFieldSum> sum_;
  bool news_ = false;
  LabField found_;
};

}  // namespace

std::unique_ptr<LabWork> make_lab_field(const LabInput& input) {
  input.latents.require("the vector field");
  return std::make_unique<VectorField>(input);
}

}  // namespace lf::lab
