#include "inference/sampling.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>

#include "base/classes.h"
#include "base/errors.h"
#include "base/image_shape.h"

namespace lf::inference {

namespace {

/// Steps with which `solver` has as many function evaluations as the settings' own solver.
int64_t steps_of(const flow::SolverInfo& solver, const Settings& settings) {
  const flow::SolverInfo& own = flow::solver_from_name(settings.sampler.solver);
  const int64_t steps = settings.sampler.steps;
  if (own.adaptive || solver.adaptive) return steps;
  return std::max<int64_t>(1, steps * own.evaluations_per_step / solver.evaluations_per_step);
}

}  // namespace

SampleOptions sample_options(const Settings& settings, const std::string& solver, int64_t nfe,
                             double guidance) {
  SampleOptions options{solver.empty() ? settings.sampler.solver : solver, 0, guidance};
  const flow::SolverInfo& info = flow::solver_from_name(options.solver);
  options.steps = steps_of(info, settings);
  if (nfe <= 0) return options;
  if (info.adaptive) {
    throw InputError("--nfe " + std::to_string(nfe) + ": " + options.solver +
                     " chooses its own steps; leave --nfe out");
  }
  const int64_t per_step = info.evaluations_per_step * flow::nfe_per_guided_call(guidance);
  if (nfe % per_step != 0) {
    throw InputError("--nfe " + std::to_string(nfe) + ": " + options.solver + " takes " +
                     std::to_string(per_step) + " function evaluations per step" +
                     (guidance == 1 ? "" : " with guidance") + "; give a multiple of " +
                     std::to_string(per_step));
  }
  options.steps = nfe / per_step;
  return options;
}

SampleOptions inverse_options(const std::string& solver, int64_t steps, int64_t usual) {
  SampleOptions options{solver.empty() ? "rk4" : solver, steps > 0 ? steps : usual, 1};
  if (steps > 0 && flow::solver_from_name(options.solver).adaptive) {
    throw InputError("--steps " + std::to_string(steps) + ": " + options.solver +
                     " chooses its own steps; leave --steps out");
  }
  return options;
}

flow::IntegrateOptions integrate_options(const SampleOptions& options) {
  flow::IntegrateOptions result;
  result.solver = options.solver;
  result.steps = static_cast<int>(options.steps);
  result.nfe_per_call = flow::nfe_per_guided_call(options.guidance);
  return result;
}

namespace {

constexpr int64_t kBatch = 250, kLargeBatch = 16;
constexpr int64_t kLargeBelow = 64;  ///< digits per slice of a network that counts as large

/// An adaptive solver would treat the rounding of bfloat16 as an error of its steps and shorten
/// them.
kernels::Arithmetic sampling_arithmetic(const Model& model, const SampleOptions& options) {
  if (flow::solver_from_name(options.solver).adaptive) return kernels::Arithmetic::Float32;
  return kernels::possible_arithmetic(model.settings.general.arithmetic);
}

}  // namespace

BatchSampler::BatchSampler(const Model& model, const at::Tensor& labels, const SampleOptions& options,
                           const at::Tensor& noise)
    : model_(model),
      arithmetic_(sampling_arithmetic(model, options)),
      field_(model_velocity(model, labels, options.guidance, /*raw=*/false, arithmetic_)),
      integration_(noise, integrate_options(options)),
      pixels_(at::empty({labels.size(0), kDigitPixels}, at::kByte)) {}

bool BatchSampler::advance() {
  at::NoGradGuard no_grad;
  if (!integration_.done()) {
    integration_.supply(field_(integration_.wanted_x(), integration_.wanted_t()));
    return true;
  }
  const int64_t n = std::min(model_.autoencoder->slice_digits(), pixels_.size(0) - decoded_);
  const at::Tensor last = integration_.trajectory().x.back().narrow(0, decoded_, n);
  pixels_.narrow(0, decoded_, n).copy_(decode_pixels(model_, last, arithmetic_));
  decoded_ += n;
  return decoded_ < pixels_.size(0);
}

double BatchSampler::progress() const {
  // A small network decodes as fast as it solves; of a large one nearly all time is in the solver.
  const double solved = integration_.trajectory().t.back();
  return 0.9 * solved + 0.1 * static_cast<double>(decoded_) / static_cast<double>(pixels_.size(0));
}

int64_t sample_batch(const Model& model) {
  return model.average->slice_digits() < kLargeBelow ? kLargeBatch : kBatch;
}

at::Tensor sample_pixels(const Model& model, const at::Tensor& labels, const SampleOptions& options,
                         const at::Tensor& noise) {
  BatchSampler sampler(model, labels, options, noise);
  complete(sampler);
  return sampler.pixels();
}

at::Tensor cycled_labels(int64_t first, int64_t count, int digit) {
  if (digit >= 0) return at::full({count}, digit, at::kLong);
  return at::arange(first, first + count, at::kLong).remainder(kClasses);
}

}  // namespace lf::inference
