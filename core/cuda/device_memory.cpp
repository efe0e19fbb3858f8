#include "cuda/device_memory.h"

#include "cuda/update_inputs.h"

namespace lf::cuda {
namespace {

constexpr int64_t kRowFloats = sizeof(ScheduleRow) / sizeof(float);
static_assert(sizeof(ScheduleRow) == kRowFloats * sizeof(float), "a row is nothing but floats");

at::TensorOptions pinned(at::ScalarType type) { return at::TensorOptions().dtype(type).pinned_memory(true); }

}  // namespace

StepExchange::StepExchange(at::Device device) {
  const auto on_device = [device](at::ScalarType type) {
    return at::TensorOptions().dtype(type).device(device);
  };
  const auto rows = static_cast<int64_t>(kRows);
  step_ = at::zeros({1}, on_device(at::kLong));
  schedule_ = at::zeros({rows, kRowFloats}, on_device(at::kFloat));
  norm_parts_ = at::zeros({kNormParts}, on_device(at::kDouble));
  norm_ = at::zeros({1}, on_device(at::kFloat));
  penalty_ = at::zeros({}, on_device(at::kFloat));
  outcomes_ = at::zeros({rows, 2}, on_device(at::kFloat));
  host_step_ = at::zeros({1}, pinned(at::kLong));
  host_schedule_ = at::zeros({rows, kRowFloats}, pinned(at::kFloat));
  host_outcomes_ = at::zeros({2, rows, 2}, pinned(at::kFloat));
}

StepMemory StepExchange::memory() const {
  return {reinterpret_cast<uint64_t*>(step_.data_ptr<int64_t>()),
          static_cast<const ScheduleRow*>(schedule_.data_ptr()),
          norm_parts_.data_ptr<double>(),
          norm_.data_ptr<float>(),
          penalty_.data_ptr<float>(),
          outcomes_.data_ptr<float>()};
}

void StepExchange::set_step(int64_t step) {
  host_step_.fill_(step);
  step_.copy_(host_step_);  // blocking, so that the host's number may change again
}

void StepExchange::send(int64_t first, const std::vector<training::StepPlan>& plans,
                        const optim::AdamWOptions& options) {
  for (size_t i = 0; i < plans.size(); ++i) {
    const int64_t row = (first + static_cast<int64_t>(i)) % static_cast<int64_t>(kRows);
    static_cast<ScheduleRow*>(host_schedule_.data_ptr())[row] = schedule_row(plans[i], options);
    schedule_.select(0, row).copy_(host_schedule_.select(0, row), /*non_blocking=*/true);
  }
}

void StepExchange::fetch(int64_t slot) {
  host_outcomes_.select(0, slot).copy_(outcomes_, /*non_blocking=*/true);
}

training::StepOutcome StepExchange::outcome(int64_t slot, int64_t step) const {
  const float* row = host_outcomes_.data_ptr<float>() +
                     2 * (slot * static_cast<int64_t>(kRows) + step % static_cast<int64_t>(kRows));
  return {row[0], row[1]};
}

}  // namespace lf::cuda
