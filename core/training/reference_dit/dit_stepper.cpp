#include "training/reference_dit/dit_stepper.h"

#include <cmath>
#include <numeric>

#include "base/errors.h"

namespace lf::training {

DitStepper::DitStepper(models::Dit& net, optim::AdamW& optimizer, kernels::Arithmetic arithmetic)
    : optimizer_(optimizer), pass_(net, arithmetic) {}

void DitStepper::begin(const at::Tensor& x_t, const at::Tensor& t, const at::Tensor& target, double rate,
                       const at::Tensor& labels) {
  if (under_way()) throw RunError("a training step was begun before the last one was complete");
  pass_.begin(x_t, t, target, labels);
  optimizer_.begin_step(rate);
  squares_.fill(0);
}

bool DitStepper::advance_step() {
  if (!under_way()) return true;
  const bool more = pass_.advance([this](int64_t offset, const at::Tensor& gradient, int64_t part) {
    squares_[static_cast<size_t>(part)] += at::dot(gradient, gradient).item<double>();
    optimizer_.update(offset, gradient);
  });
  if (!more) norm_ = std::sqrt(std::accumulate(squares_.begin(), squares_.end(), 0.0));
  return !more;
}

}  // namespace lf::training
