#include "lab/coupling/flow_ways.h"

#include <ATen/core/grad_mode.h>

#include "base/image_shape.h"
#include "flow/straightness.h"
#include "inference/sampling.h"
#include "lab/plain_values.h"

namespace lf::lab {
namespace {

struct Solution {
  const char* solver;
  int64_t steps;
};
constexpr Solution kSolutions[] = {{"midpoint", 16}, {"euler", 1}, {"euler", 2}, {"euler", 4}};

/// (N, states, 2) in the plane.
std::vector<float> points_of(const flow::Trajectory& way, const inference::LatentAxes& axes) {
  const at::Tensor states = at::stack(way.x, 1).flatten(2);
  return floats_of(axes.project(states.flatten(0, 1)));
}

}  // namespace

std::string fine_solution_words() {
  return std::string(kSolutions[0].solver) + ", " + std::to_string(kSolutions[0].steps) + " steps";
}

FlowWays::FlowWays(const inference::Model& model, at::Tensor noise, at::Tensor labels, double guidance,
                   bool raw, int64_t shown)
    : model_(model),
      noise_(std::move(noise)),
      labels_(std::move(labels)),
      guidance_(guidance),
      raw_(raw),
      shown_(shown) {}

void FlowWays::begin(size_t solution) {
  field_ = inference::model_velocity(model_, labels_, guidance_, raw_);
  integration_.emplace(noise_, inference::integrate_options(
                                   {kSolutions[solution].solver, kSolutions[solution].steps, guidance_}));
}

bool FlowWays::advance() {
  const at::NoGradGuard no_grad;
  if (solved_.size() < std::size(kSolutions)) {
    if (!integration_) begin(solved_.size());
    integration_->supply(field_(integration_->wanted_x(), integration_->wanted_t()));
    if (!integration_->done()) return true;
    solved_.push_back(integration_->trajectory());
    integration_.reset();
    return true;
  }
  if (!pictures_) {
    std::vector<at::Tensor> ends;
    for (size_t i = 1; i <= solved_.size(); ++i)  // the fine solution last
      ends.push_back(solved_[i % solved_.size()].x.back().narrow(0, 0, shown_));
    pictures_.emplace(model_, at::cat(ends));
  }
  if (complete() || pictures_->advance()) return !complete();
  sheet_ = std::move(pictures_->sheet());
  return false;
}

double FlowWays::progress() const {
  const double most = 2 * kSolutions[0].steps;  // nearly all evaluations belong to the fine solution
  const double now = integration_ ? static_cast<double>(integration_->trajectory().nfe) : 0;
  const double solving = solved_.empty() ? now / most : 1;
  return 0.8 * solving + (complete() ? 0.2 : pictures_ ? 0.2 * pictures_->progress() : 0);
}

at::Tensor FlowWays::fine_states() const { return at::cat(solved_.front().x).flatten(1); }

void FlowWays::publish(LabFlowWays& ways, const inference::LatentAxes& axes) const {
  const flow::Trajectory& fine = solved_.front();
  ways.detour = flow::path_shape(fine.x, fine.t).ratio.mean().item<double>() - 1;
  ways.points = points_of(fine, axes);
  if (!complete()) return;
  ways.pictures = sheet_;
  const at::Tensor pixels =
      at::tensor(sheet_.bytes, at::kByte).view({-1, shown_, kDigitPixels}).to(at::kFloat) / 255;
  for (size_t i = 1; i < solved_.size(); ++i) {
    const auto row = static_cast<int64_t>(i - 1);
    ways.few.push_back({kSolutions[i].steps, rms(solved_[i].x.back() - fine.x.back()),
                        rms(pixels[row] - pixels[-1]), points_of(solved_[i], axes)});
  }
}

}  // namespace lf::lab
