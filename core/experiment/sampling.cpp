#include "experiment/sampling.h"

#include <ATen/core/grad_mode.h>

#include "messages/errors.h"

namespace lf {

SampleOptions sample_options(const Settings& settings, const std::string& solver, int64_t nfe,
                             double guidance) {
  SampleOptions options{solver.empty() ? settings.text("sampler.solver") : solver,
                        settings.integer("sampler.steps"), guidance};
  const SolverInfo& info = solver_from_name(options.solver);
  if (nfe <= 0 || info.adaptive) return options;
  const int64_t per_step = info.evaluations_per_step * nfe_per_guided_call(guidance);
  if (nfe % per_step != 0) {
    throw InputError("--nfe " + std::to_string(nfe) + ": " + options.solver + " takes " +
                     std::to_string(per_step) + " evaluations a step" +
                     (guidance == 1 ? "" : " with guidance") + "; give a multiple of " +
                     std::to_string(per_step));
  }
  options.steps = nfe / per_step;
  return options;
}

IntegrateOptions integrate_options(const SampleOptions& options) {
  IntegrateOptions result;
  result.solver = options.solver;
  result.steps = static_cast<int>(options.steps);
  result.nfe_per_call = nfe_per_guided_call(options.guidance);
  return result;
}

at::Tensor sample_pixels(const Model& model, const at::Tensor& labels, const SampleOptions& options,
                         at::Generator generator) {
  at::NoGradGuard no_grad;
  const at::Tensor noise =
      at::randn({labels.size(0), kLatentChannels, kLatentSide, kLatentSide}, generator, at::kFloat);
  const auto trajectory =
      integrate(model_velocity(model, labels, options.guidance), noise, integrate_options(options));
  return decode_pixels(model, trajectory.x.back());
}

at::Tensor cycled_labels(int64_t first, int64_t count, int digit) {
  if (digit >= 0) return at::full({count}, digit, at::kLong);
  return at::arange(first, first + count, at::kLong).remainder(10);
}

}  // namespace lf
