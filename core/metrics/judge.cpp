#include "metrics/judge.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/errors.h"
#include "files/sha256.h"
#include "metrics/image_bytes.h"

namespace lf::metrics {
namespace {

constexpr int64_t kBlock = 256;

at::Tensor round_to_half(const at::Tensor& parameter) {
  return parameter.detach().to(at::kHalf).to(at::kFloat).contiguous();
}

std::string weights_name(const std::vector<at::Tensor>& parameters) {
  files::Sha256 digest;
  for (const at::Tensor& p : parameters) digest.update(p.const_data_ptr<float>(), p.nbytes());
  return "judge-" + digest.hex().substr(0, 8);
}

double power_law(const FloorPoint& a, const FloorPoint& b, int64_t count) {
  double share = std::log(double(count) / a.count) / std::log(double(b.count) / a.count);
  return a.fd * std::pow(b.fd / a.fd, share);
}

/// Equal features differ only by rounding, which is no scale to measure with.
bool has_spread(const GaussianStats& features) {
  constexpr double kRounding = 1e-10;
  const double spread = features.covariance.trace().item<double>();
  return spread > kRounding * features.mean.square().sum().item<double>() && spread > 0;
}

}  // namespace

std::string fault_of(const JudgeFacts& facts) {
  int64_t labels = 0;
  for (int64_t count : facts.label_counts) {
    if (count < 0) return "a label count is negative";
    labels += count;
  }
  if (facts.train.count < 2 || labels < 1) return "it was trained on no images";
  if (!facts.train.mean.isfinite().all().item<bool>() ||
      !facts.train.covariance.isfinite().all().item<bool>())
    return "its features hold a value that is not a number";
  if (!has_spread(facts.train)) return "its features do not differ from image to image";
  for (size_t i = 0; i < facts.floors.size(); ++i) {
    const bool rises = facts.floors[i].count > (i ? facts.floors[i - 1].count : 0);
    if (!rises || !(facts.floors[i].fd > 0))
      return "its noise-floor curve is not a rising list of positive values";
  }
  const JudgeCalibration& c = facts.calibration;
  for (double value : {c.test, c.noise_005, c.noise_01, c.blur, facts.accuracy})
    if (!std::isfinite(value)) return "its calibration holds a value that is not a number";
  return "";
}

Judge::Judge(std::vector<at::Tensor> parameters, JudgeFacts facts)
    : parameters_(std::move(parameters)), facts_(std::move(facts)) {
  const auto& table = judge_parameters();
  bool fits = parameters_.size() == table.size();
  for (size_t i = 0; fits && i < table.size(); ++i) fits = parameters_[i].sizes().equals(table[i].shape);
  if (!fits) throw InputError("the weights do not have the shapes of this version's classifier");
  for (at::Tensor& parameter : parameters_) parameter = round_to_half(parameter);
  name_ = weights_name(parameters_);
  pass_ = std::make_shared<const JudgePass>(parameters_);
}

JudgeOutput Judge::run_block(const at::Tensor& images_u8) const {
  at::NoGradGuard no_gradient;
  return pass_->run(to_unit(images_u8));
}

JudgeOutput Judge::run(const at::Tensor& images_u8) const {
  std::vector<at::Tensor> features, logits;
  for (const at::Tensor& block : images_u8.split(kBlock)) {
    JudgeOutput output = run_block(block);
    features.push_back(output.features);
    logits.push_back(output.logits);
  }
  return {at::cat(features), at::cat(logits)};
}

double Judge::floor_for(int64_t count) const {
  const auto& points = facts_.floors;
  if (points.empty() || count < 1) return std::numeric_limits<double>::quiet_NaN();
  auto after = std::lower_bound(points.begin(), points.end(), count,
                                [](const FloorPoint& point, int64_t n) { return point.count < n; });
  if (after == points.begin()) return after->fd * after->count / count;
  if (after == points.end()) return points.back().fd * points.back().count / count;
  return power_law(*(after - 1), *after, count);
}

}  // namespace lf::metrics
