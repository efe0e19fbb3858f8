#include "flow/time_sampling.h"

#include <ATen/ATen.h>

#include "base/errors.h"

namespace lf::flow {
namespace {

constexpr double kLogitNormalShare = 0.9;

at::TensorOptions float32_on(const at::Generator& generator) {
  return at::TensorOptions().dtype(at::kFloat).device(generator.device());
}

at::Tensor uniform(int64_t batch, at::Generator& generator) {
  return at::rand({batch}, generator, float32_on(generator));
}

at::Tensor stratified(int64_t batch, at::Generator& generator) {
  const double u = uniform(1, generator).item<double>();
  return stratified_times(u, batch).to(generator.device());
}

at::Tensor logit_normal(int64_t batch, at::Generator& generator) {
  return at::sigmoid(at::randn({batch}, generator, float32_on(generator)));
}

/// Uniform numbers to logit-normal(0, 1) ones by the inverse distribution function; this keeps a
/// stratified batch stratified. In float64, because the inverse is steep at both ends.
at::Tensor to_logit_normal(const at::Tensor& u) {
  return at::sigmoid(at::special_ndtri(u.to(at::kDouble))).to(at::kFloat);
}

at::Tensor mixed(int64_t batch, at::Generator& generator) {
  const at::Tensor u = stratified(batch, generator);
  return at::where(uniform(batch, generator) < kLogitNormalShare, to_logit_normal(u), u);
}

at::Tensor draw(TimeLaw law, int64_t batch, at::Generator& generator) {
  switch (law) {
    case TimeLaw::Uniform:
      return uniform(batch, generator);
    case TimeLaw::Stratified:
      return stratified(batch, generator);
    case TimeLaw::LogitNormal:
      return logit_normal(batch, generator);
    case TimeLaw::Mixed:
      return mixed(batch, generator);
  }
  throw InputError("time law number " + std::to_string(static_cast<int>(law)) + " does not exist");
}

}  // namespace

const std::vector<std::pair<std::string, TimeLaw>>& time_laws() {
  static const std::vector<std::pair<std::string, TimeLaw>> laws = {
      {"uniform", TimeLaw::Uniform},
      {"stratified", TimeLaw::Stratified},
      {"logit-normal", TimeLaw::LogitNormal},
      {"mixed", TimeLaw::Mixed},
  };
  return laws;
}

TimeLaw time_law_from_name(const std::string& name) {
  std::string known;
  for (const auto& [law_name, law] : time_laws()) {
    if (law_name == name) return law;
    known += (known.empty() ? "" : ", ") + law_name;
  }
  throw InputError("unknown time law '" + name + "'; known: " + known);
}

at::Tensor stratified_times(double u, int64_t batch) {
  const at::Tensor offset = at::full({1}, u, at::kFloat);
  const at::Tensor index = at::arange(batch, at::kFloat);
  return at::remainder(offset + index / batch, 1 - kTimeMargin);
}

at::Tensor sample_times(TimeLaw law, int64_t batch, at::Generator& generator) {
  if (batch < 1)
    throw InputError("cannot sample times for a batch of " + std::to_string(batch) + "; use 1 or more");
  return draw(law, batch, generator).clamp(0, 1 - kTimeMargin);
}

}  // namespace lf::flow
