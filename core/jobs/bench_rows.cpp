#include "jobs/bench_rows.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <fstream>
#include <memory>

#include "data/generator.h"
#include "flow/paths.h"
#include "flow/time_sampling.h"
#include "parallel/fork_join.h"
#include "training/reference_dit/dit_stepper.h"

namespace lf::jobs {
namespace {

constexpr int64_t kBatch = 32, kLatentCount = 8192;
constexpr double kOriginalSigmaMin = 0.001, kRate = 1e-4, kStepGflop = 73.8;  // of the original system

BenchMeasurement product(const std::string& name, int64_t rows, int64_t inner, int64_t columns, int times,
                         at::ScalarType type = at::kFloat) {
  const at::Tensor a = at::ones({rows, inner}, type), b = at::ones({inner, columns}, type);
  at::Tensor c = at::empty({rows, columns}, type);
  const double gflop = 2e-9 * static_cast<double>(rows * inner * columns) * times;
  return {name, gflop, 20, [a, b, c, times]() mutable {
            at::NoGradGuard no_grad;
            for (int i = 0; i < times; ++i) at::mm_out(c, a, b);
          }};
}

/// The original system's training step without its data and autoencoder: latents as if from the
/// cache.
class OriginalTraining {
 public:
  explicit OriginalTraining(kernels::Arithmetic arithmetic)
      : net_(models::DitConfig{}, data::make_generator(1, Purpose::FlowInit), /*trainable=*/false),
        adam_(net_.parameters().flat(), at::Tensor(), optim::AdamWOptions{}),
        stepper_(net_, adam_, arithmetic),
        noise_(data::make_generator(1, Purpose::FlowNoise)),
        times_(data::make_generator(1, Purpose::FlowTime)),
        latents_(at::randn({kLatentCount, 4, 4, 4}, noise_, at::kFloat)) {}

  void step() {
    const at::Tensor x1 = latents_.index_select(0, at::randint(kLatentCount, {kBatch}, noise_, at::kLong));
    const at::Tensor x0 = at::randn(x1.sizes(), noise_, at::kFloat);
    const at::Tensor t = flow::sample_times(flow::TimeLaw::Stratified, kBatch, times_);
    const flow::PathSample path = flow::ot_path(x0, x1, t, kOriginalSigmaMin);
    stepper_.begin(path.x_t, t, path.target, kRate);
    while (!stepper_.advance_step()) {
    }
  }

 private:
  models::Dit net_;
  optim::AdamW adam_;
  training::DitStepper stepper_;
  at::Generator noise_, times_;
  at::Tensor latents_;
};

}  // namespace

BenchMeasurement product_yardstick() { return product("yardstick-f32", 1024, 128, 384, 50); }

BenchMeasurement bfloat_yardstick() {
  auto row = product("yardstick-bf16", 1024, 128, 384, 5, at::kBFloat16);
  row.runs = 5;
  row.warm_up = 1;
  return row;
}

BenchMeasurement large_product_yardstick() { return product("yardstick-f32-large", 128, 768, 3072, 10); }

BenchMeasurement memory_yardstick() {
  constexpr int64_t kNumbers = 1 << 26;
  auto values = std::make_shared<at::Tensor>();
  return {"yardstick-memory", 0, 20,
          [values] {
            if (!values->defined()) *values = at::ones({kNumbers}, at::kFloat);
            parallel::fork_join([&](int64_t part) {
              const at::NoGradGuard no_grad;
              const parallel::RowRange range = parallel::part_of(kNumbers, part);
              values->narrow(0, range.first, range.count).mul_(1);
            });
          },
          2 * 4e-9 * kNumbers};
}

BenchMeasurement original_step(kernels::Arithmetic arithmetic) {
  auto training = std::make_shared<std::unique_ptr<OriginalTraining>>();
  return {"original-step",
          kStepGflop,
          8,
          [training, arithmetic] {
            if (!*training) *training = std::make_unique<OriginalTraining>(arithmetic);
            (*training)->step();
          },
          0,
          true};
}

double peak_resident_mb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind("VmHWM:", 0) == 0) return std::stod(line.substr(6)) / 1024;
  }
  return 0;
}

}  // namespace lf::jobs
