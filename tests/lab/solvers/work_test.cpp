// Errors of solvers, against integrating here.
#include <cstring>
#include <map>

#include "base/image_shape.h"
#include "flow/solvers.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "lab/solvers/result.h"
#include "lab_fixture.h"

namespace lf::lab {
namespace {

class SolverTool : public LabTest {};

TEST_F(SolverTool, SolverErrorsAreThoseOfIntegratingHere) {
  model->average->parameters().flat().mul_(0.5);  // a smoother field
  lab.open("solvers");
  complete();
  const LabSolvers& found = *lab.block()->as<LabSolvers>();
  EXPECT_EQ(found.reference_nfe, 200);
  EXPECT_EQ(found.pictures.count(), found.points.size() * static_cast<size_t>(found.shown));
  const flow::VelocityField field =
      inference::model_velocity(*model, inference::cycled_labels(0, found.digits, -1), 1);
  const at::Tensor noise = inference::preview_noise(7, found.digits);
  const auto end_of = [&](const std::string& solver, int steps) {
    return flow::integrate(field, noise, inference::integrate_options({solver, steps, 1})).x.back();
  };
  const at::Tensor truth = end_of("rk4", 50);
  std::map<std::string, std::vector<double>> errors;
  for (size_t i = 0; i < found.points.size(); ++i) {
    const LabSolverPoint& p = found.points[i];
    const flow::SolverInfo& solver = flow::solver_from_name(p.solver);
    EXPECT_EQ(p.order, solver.order);
    if (solver.adaptive) continue;
    const at::Tensor end = end_of(p.solver, flow::steps_for_nfe(solver, static_cast<int>(p.nfe)));
    EXPECT_NEAR(p.error, (end - truth).square().mean().sqrt().item<double>(), 1e-5) << p.solver << p.nfe;
    const at::Tensor pixels = inference::decode_pixels(*model, end.narrow(0, 0, found.shown)).contiguous();
    const auto bytes = static_cast<size_t>(found.shown) * kDigitPixels;
    EXPECT_EQ(std::memcmp(pixels.data_ptr(), found.pictures.bytes.data() + i * bytes, bytes), 0);
    errors[p.solver].push_back(p.error);
  }
  EXPECT_GE(errors.size(), 5u);
  for (const auto& [solver, falling] : errors) EXPECT_LT(falling.back(), 0.5 * falling.front()) << solver;
}

TEST_F(SolverTool, AdaptiveStepsTileTheWay) {
  lab.open("solvers");
  complete();
  const LabSolvers& found = *lab.block()->as<LabSolvers>();
  ASSERT_FALSE(found.attempts.empty());
  float at = 0;
  for (const LabAttempt& attempt : found.attempts) {
    EXPECT_EQ(attempt.from, at);
    EXPECT_EQ(attempt.accepted, attempt.error < 1);
    if (attempt.accepted) at = attempt.to;
  }
  EXPECT_FLOAT_EQ(at, 1);
}

}  // namespace
}  // namespace lf::lab
