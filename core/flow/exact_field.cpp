#include "flow/exact_field.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <limits>
#include <sstream>
#include <vector>

#include "base/errors.h"
#include "parallel/fork_join.h"

namespace lf::flow {
namespace {

constexpr double kLeastSigma = 0.001;  // of the point version: t <= 0.999 for sigma_min = 0
constexpr int64_t kWeightsAtOnce =
    1 << 17;  // numbers of one (B, chunk) block: half a megabyte stays in cache
// Smaller weights do not change the result, but as denormal numbers they would double the processor
// time.
constexpr double kLeastExponent = -60;
constexpr int64_t kRowsForAllThreads = 512;  // below this a fork costs more than it saves

at::Tensor as_matrix(const at::Tensor& data, const char* what) {
  if (!data.defined() || data.dim() < 1 || data.size(0) < 1) {
    throw InputError(std::string("the exact field needs at least one sample; the ") + what + " are empty");
  }
  const at::Tensor matrix = data.detach().reshape({data.size(0), -1});
  return matrix.scalar_type() == at::kFloat ? matrix : matrix.to(at::kDouble);
}

}  // namespace

ExactField::ExactField(const at::Tensor& means, const at::Tensor& deviations, double sigma_min)
    : means_(as_matrix(means, "means")),
      deviations_(as_matrix(deviations, "deviations").to(means_.scalar_type())),
      sigma_min_(sigma_min),
      least_deviation_(deviations_.min().item<double>()) {
  if (means_.sizes() != deviations_.sizes()) {
    throw InputError("the exact field needs means and standard deviations of the same shape; these differ");
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
  subset.deviations_ = deviations_.index_select(0, chosen);
  subset.least_deviation_ = subset.deviations_.min().item<double>();
  return subset;
}

void ExactField::check_time(double t) const {
  const double sigma_t = 1 - (1 - sigma_min_) * t;
  if (least_deviation_ > 0 || sigma_t > kLeastSigma * (1 - 1e-9)) return;
  std::ostringstream text;
  text << "the exact field of points has a pole at t = 1; t = " << t << " is too close, stop at 0.999";
  throw InputError(text.str());
}

at::ScalarType ExactField::precision(at::ScalarType asked, double t) const {
  const double sigma_t = 1 - (1 - sigma_min_) * t, narrow = t * least_deviation_;
  const bool wide = narrow * narrow + sigma_t * sigma_t >= kLeastFloatVariance;
  return asked == at::kFloat && wide ? at::kFloat : at::kDouble;
}

at::Tensor ExactField::velocity(const at::Tensor& x, double t) const {
  ExactFieldSum sum(*this, x, t);
  sum.add(0, size());
  return sum.velocity();
}

PathSample ExactField::draw(int64_t count, double t, at::Generator& generator) const {
  const auto options = at::TensorOptions().dtype(at::kDouble);
  const at::Tensor chosen = at::randint(size(), {count}, generator, at::kLong);
  const at::Tensor mean = means_.index_select(0, chosen), deviation = deviations_.index_select(0, chosen);
  const at::Tensor x1 = mean + deviation * at::randn(mean.sizes(), generator, options);
  const at::Tensor x0 = at::randn(mean.sizes(), generator, options);
  return ot_path(x0, x1, at::full({count}, t, options), sigma_min_);
}

// With a = 1 - sigma_min, P = 1 / D, R = (P - 1) / t = (a (1 + sigma_t) - t s^2) P (since
// sigma_t + a t = 1):
//   -1/2 [(x - t mu)^2 P + ln D] = -1/2 x^2 + t [-1/2 x^2 R + x (P mu)] - 1/2 [(t mu)^2 P + ln D]
//   v_i = sigma_t P mu + (a - sigma_t R) x
// The first term is the same for all i and cancels in the softmax. So exponents and sums are each
// one product with the table [R | P mu], without loss of precision as t goes to 0.

/// The table of some rows of the data.
struct ExactFieldSum::Packed {
  at::Tensor table;     // (n, 2D) [R | P mu]
  at::Tensor constant;  // (n) -1/2 sum_d [(t mu)^2 P + ln D]
};

ExactFieldSum::Packed ExactFieldSum::packed(int64_t first, int64_t count) const {
  const at::Tensor mean = field_.means_.narrow(0, first, count).to(flat_.scalar_type());
  const at::Tensor s2 = field_.deviations_.narrow(0, first, count).to(flat_.scalar_type()).square();
  const at::Tensor variance = at::add(at::full({}, sigma_t_ * sigma_t_, s2.options()), s2, t_ * t_);
  const at::Tensor precision = variance.reciprocal();
  const at::Tensor pull = mean * precision;
  const at::Tensor slope = s2.mul(-t_).add_(shrink_ * (1 + sigma_t_)).mul_(precision);
  const at::Tensor constant = (mean * pull).mul_(t_ * t_).add_(variance.log()).sum(1).mul_(-0.5);
  return {at::cat({slope, pull}, 1), constant};
}

void ExactFieldSum::RunningSoftmax::take(const RunningSoftmax& other) {
  if (!other.largest.defined()) return;
  if (!largest.defined()) {
    *this = other;
    return;
  }
  const at::Tensor now_largest = at::maximum(largest, other.largest);
  const at::Tensor mine = (largest - now_largest).exp(), theirs = (other.largest - now_largest).exp();
  weight = weight * mine + other.weight * theirs;
  sums = sums * mine + other.sums * theirs;
  largest = now_largest;
}

ExactFieldSum::RunningSoftmax ExactFieldSum::softmax_of(int64_t first, int64_t count) const {
  const Packed rows = packed(first, count);
  at::Tensor exponent = at::addmm(rows.constant, factors_, rows.table.t());  // (B, count)
  const at::Tensor largest = exponent.amax(1, /*keepdim=*/true);
  exponent.sub_(largest).clamp_min_(kLeastExponent).exp_();
  return {largest, exponent.sum(1, /*keepdim=*/true), exponent.mm(rows.table)};
}

ExactFieldSum::ExactFieldSum(const ExactField& field, const at::Tensor& x, double t)
    : field_(field),
      x_(x.detach()),
      t_(t),
      shrink_(1 - field.sigma_min_),
      sigma_t_(1 - (1 - field.sigma_min_) * t) {
  field_.check_time(t);
  flat_ = x_.reshape({x.size(0), -1}).to(field_.precision(x.scalar_type(), t));
  factors_ = at::cat({flat_.square() * (-0.5 * t_), flat_ * t_}, 1);
}

void ExactFieldSum::add(int64_t first, int64_t count) {
  if (first < 0 || count < 1 || first + count > field_.size()) {
    throw InputError("the exact field has " + std::to_string(field_.size()) + " samples; it cannot take in " +
                     std::to_string(count) + " from number " + std::to_string(first) + " on");
  }
  const int64_t chunk = std::clamp<int64_t>(kWeightsAtOnce / flat_.size(0), 64, 4096);
  std::vector<RunningSoftmax> pieces(count < kRowsForAllThreads ? 1 : parallel::kParts);
  const auto sum_piece = [&](int64_t piece) {
    const at::NoGradGuard no_grad;
    const parallel::RowRange range = parallel::part_of(count, piece, static_cast<int64_t>(pieces.size()));
    for (int64_t at = 0; at < range.count; at += chunk)
      pieces[piece].take(softmax_of(first + range.first + at, std::min(chunk, range.count - at)));
  };
  parallel::fork_join(sum_piece, static_cast<int64_t>(pieces.size()));
  for (const RunningSoftmax& piece : pieces) total_.take(piece);
  rows_ += count;
}

at::Tensor ExactFieldSum::velocity() const {
  if (rows_ == 0) throw InputError("the exact field has taken in no sample yet; add some first");
  const std::vector<at::Tensor> means = (total_.sums / total_.weight).chunk(2, 1);  // of R and of P mu
  const at::Tensor v = means[1] * sigma_t_ + flat_ * (shrink_ - sigma_t_ * means[0]);
  return v.view(x_.sizes()).to(x_.scalar_type());
}

}  // namespace lf::flow
