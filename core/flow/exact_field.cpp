#include "flow/exact_field.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <limits>
#include <sstream>

#include "messages/errors.h"

namespace lf {
namespace {

constexpr double kLeastSigma = 0.001;        // of the point version: t <= 0.999 for sigma_min = 0
constexpr int64_t kWeightsAtOnce = 1 << 21;  // float64 numbers of one (B, chunk) block: 16 MB

at::Tensor as_matrix(const at::Tensor& data, const char* what) {
  if (!data.defined() || data.dim() < 1 || data.size(0) < 1) {
    throw InputError(std::string("the exact field needs at least one sample; the ") + what + " are empty");
  }
  return data.detach().reshape({data.size(0), -1}).to(at::kDouble);
}

/// The softmax mean over chunks of the data: everything is relative to the largest exponent so far,
/// so nothing overflows, and the sum does not depend on the chunk size but for rounding.
struct RunningSoftmax {
  at::Tensor largest;  // (B, 1) exponent
  at::Tensor weight;   // (B, 1) sum of w
  at::Tensor offset;   // (B, D) sum of w (mu - t g mu)
  at::Tensor gain;     // (B, D) sum of w g

  explicit RunningSoftmax(const at::Tensor& x)
      : largest(at::full({x.size(0), 1}, -std::numeric_limits<double>::infinity(), x.options())),
        weight(at::zeros({x.size(0), 1}, x.options())),
        offset(at::zeros_like(x)),
        gain(at::zeros_like(x)) {}

  void add(const at::Tensor& exponent, const at::Tensor& offsets, const at::Tensor& gains) {
    const at::Tensor now_largest = at::maximum(largest, std::get<0>(exponent.max(1, /*keepdim=*/true)));
    const at::Tensor shrink = (largest - now_largest).exp();  // (B, 1)
    const at::Tensor w = (exponent - now_largest).exp_();     // (B, chunk)
    weight = weight * shrink + w.sum(1, /*keepdim=*/true);
    offset = at::addmm(offset * shrink, w, offsets);
    gain = at::addmm(gain * shrink, w, gains);
    largest = now_largest;
  }
};

/// Exponents -1/2 sum_d [(x - t mu)^2 / D + ln D], (B, chunk), by matrix products:
/// (x - t mu)^2 / D = x^2 / D - 2 x (t mu / D) + (t mu)^2 / D.
at::Tensor exponents(const at::Tensor& x, const at::Tensor& moved, const at::Tensor& variance) {
  const at::Tensor precision = variance.reciprocal();  // (chunk, D)
  const at::Tensor pull = moved * precision;
  const at::Tensor constant = -0.5 * (moved * pull + variance.log()).sum(1);  // (chunk)
  const at::Tensor linear = at::addmm(constant, x, pull.t());
  return linear.addmm_(x.square(), precision.t(), 1, -0.5);
}

}  // namespace

ExactField::ExactField(const at::Tensor& means, const at::Tensor& deviations, double sigma_min)
    : means_(as_matrix(means, "means")),
      variances_(as_matrix(deviations, "deviations").square()),
      sigma_min_(sigma_min),
      has_points_(variances_.min().item<double>() == 0) {
  if (means_.sizes() != variances_.sizes()) {
    throw InputError("the exact field needs means and deviations of the same shape; these differ");
  }
}

ExactField::ExactField(const at::Tensor& points, double sigma_min)
    : ExactField(points, at::zeros_like(points), sigma_min) {}

ExactField ExactField::of_digit(const at::Tensor& labels, int64_t digit) const {
  if (labels.numel() != size()) {
    throw InputError("the exact field has " + std::to_string(size()) + " samples but was given " +
                     std::to_string(labels.numel()) + " labels; give one each");
  }
  const at::Tensor chosen = labels.to(means_.device()).eq(digit).nonzero().flatten();
  if (chosen.numel() == 0)
    throw InputError("no sample of the exact field has the label " + std::to_string(digit));
  ExactField subset = *this;
  subset.means_ = means_.index_select(0, chosen);
  subset.variances_ = variances_.index_select(0, chosen);
  subset.has_points_ = subset.variances_.min().item<double>() == 0;
  return subset;
}

void ExactField::check_time(double t) const {
  const double sigma_t = 1 - (1 - sigma_min_) * t;
  if (!has_points_ || sigma_t > kLeastSigma * (1 - 1e-9)) return;
  std::ostringstream text;
  text << "the exact field of points has a pole at t = 1; t = " << t << " is too close, stop at 0.999";
  throw InputError(text.str());
}

at::Tensor ExactField::velocity(const at::Tensor& x, double t) const {
  check_time(t);
  const at::Tensor flat = x.detach().reshape({x.size(0), -1}).to(at::kDouble);  // (B, D)
  const double shrink = 1 - sigma_min_, sigma_t = 1 - shrink * t;
  const int64_t chunk = std::clamp<int64_t>(kWeightsAtOnce / std::max<int64_t>(1, x.size(0)), 64, 8192);
  RunningSoftmax mean(flat);
  for (int64_t begin = 0; begin < size(); begin += chunk) {
    const int64_t end = std::min(begin + chunk, size());
    const at::Tensor mu = means_.slice(0, begin, end), s2 = variances_.slice(0, begin, end);
    const at::Tensor variance = s2 * (t * t) + sigma_t * sigma_t;    // D_i
    const at::Tensor gain = (s2 * t - shrink * sigma_t) / variance;  // v_i = mu + gain (x - t mu)
    const at::Tensor moved = mu * t;
    mean.add(exponents(flat, moved, variance), mu - gain * moved, gain);
  }
  const at::Tensor v = (mean.offset + flat * mean.gain) / mean.weight;
  return v.view(x.sizes()).to(x.scalar_type());
}

VelocityField ExactField::field() const {
  return [copy = *this](const at::Tensor& x, double t) { return copy.velocity(x, t); };
}

}  // namespace lf
