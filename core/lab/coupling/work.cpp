// Coupling lab: how noise and digits are paired, and the trajectories before and after a reflow.
#include "lab/work.h"

#include <algorithm>
#include <optional>

#include "base/classes.h"
#include "inference/noise.h"
#include "inference/reflow_pairs.h"
#include "inference/sampling.h"
#include "lab/coupling/batch_pairings.h"
#include "lab/coupling/flow_ways.h"
#include "lab/plain_values.h"

namespace lf::lab {
namespace {

constexpr int64_t kFollowed = 20, kShown = 10;

class CouplingLab : public LabWork {
 public:
  explicit CouplingLab(const LabInput& input)
      : model_(input.model),
        latents_(input.latents),
        options_(input.options),
        now_(ways_of(input.model, input.options)) {
    if (input.before) before_.emplace(ways_of(*input.before, input.options));
    begin_pairings();
    found_.trained_with = inference::reflows(model_) > 0 ? "reflow" : model_.settings.flow.coupling;
    found_.digits = kFollowed;
    found_.shown = kShown;
    found_.reference = fine_solution_words();
    const bool asked = model_.net->labelled() && options_.guidance != 0;
    for (int64_t i = 0; i < kFollowed; ++i)
      found_.digit_labels.push_back(static_cast<uint8_t>(asked ? i % kClasses : kNoClass));
  }

  bool advance() override {
    news_ = false;
    return options_.arguments.text("show") == "reflow" ? advance_ways() : advance_pairings();
  }

  double progress() const override {
    if (options_.arguments.text("show") != "reflow") return pairings_->progress();
    return before_ ? 0.5 * (now_.progress() + before_->progress()) : now_.progress();
  }
  bool news() const override { return news_; }

  void publish(LabBlock& block) const override {
    LabCoupling found = found_;
    pairings_->publish(found);
    if (axes_ && now_.fine_known()) {
      now_.publish(found.now, *axes_);
      found.fine_states = static_cast<int64_t>(found.now.points.size()) / (2 * kFollowed);
      if (before_ && before_->fine_known()) before_->publish(found.before, *axes_);
    }
    block.result = std::make_shared<const LabCoupling>(std::move(found));
  }

  bool retarget(const LabOptions& options) override {
    LabOptions same = options;
    same.digit = options_.digit;  // all ten in turn
    same.arguments = options_.arguments;
    if (same != options_) return false;
    const bool other_batch = options.arguments.text("batch") != options_.arguments.text("batch");
    options_ = options;
    if (other_batch) begin_pairings();
    news_ = true;
    return true;
  }

 private:
  static FlowWays ways_of(const inference::Model& model, const LabOptions& o) {
    return {model,
            inference::preview_noise(o.seed, kFollowed),
            inference::cycled_labels(0, kFollowed, -1),
            o.guidance,
            o.raw_weights,
            kShown};
  }

  void begin_pairings() {
    pairings_.emplace(model_, latents_, options_.arguments.integer("batch"),
                      static_cast<uint64_t>(options_.seed));
  }

  bool advance_pairings() {
    const bool more = pairings_->advance();
    news_ = pairings_->news();
    return more;
  }

  /// The flow before the reflow comes first: it defines the plane, which stays while the new one
  /// trains.
  bool advance_ways() {
    FlowWays& next = before_ && !before_->complete() ? *before_ : now_;
    const bool fine_known = next.fine_known();
    const bool more = next.advance();
    if (!axes_ && next.fine_known()) axes_ = inference::find_principal_axes(next.fine_states());
    news_ = !more || fine_known != next.fine_known();
    // Both or none, so that they can be compared.
    if (!now_.fine_known()) news_ = false;
    return !now_.complete();
  }

  const inference::Model& model_;
  LatentStore& latents_;
  LabOptions options_;
  std::optional<BatchPairings> pairings_;
  FlowWays now_;
  std::optional<FlowWays> before_;
  std::optional<inference::LatentAxes> axes_;  ///< the plane in which the trajectories are drawn
  bool news_ = false;
  LabCoupling found_;
};

}  // namespace

std::unique_ptr<LabWork> make_lab_coupling(const LabInput& input) {
  inference::require_labels(input.model, input.options.guidance, -1, "the coupling");
  input.latents.require("the coupling");
  return std::make_unique<CouplingLab>(input);
}

}  // namespace lf::lab
