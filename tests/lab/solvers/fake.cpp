// What the tests take for an answer of the tool, and the fields of it that the safety net compares.
#include <cmath>
#include <memory>

#include "fake_lab.h"
#include "lab/solvers/result.h"
#include "lab_fields.h"

namespace lf {

std::shared_ptr<const LabResult> fake_lab_solvers(const FakeLabScene& scene) {
  auto found = std::make_shared<LabSolvers>();
  found->digits = 40, found->shown = 10, found->reference = "rk4, 50 steps", found->reference_nfe = 200;
  found->true_pictures = scene.digits(10);
  const auto add = [&](const char* solver, int order, int64_t nfe, bool adaptive) {
    const double error = 0.8 / std::pow(static_cast<double>(nfe), order);
    found->points.push_back(
        {solver, order, adaptive, nfe, adaptive ? 1e-3 : 0.0, error, 0.2 * error, nfe, 1});
    found->pictures.append(found->true_pictures);
  };
  for (const int64_t nfe : {1, 2, 4, 8, 16, 32, 64}) {
    add("euler", 1, nfe, false);
    if (nfe >= 2) add("midpoint", 2, nfe, false);
    if (nfe >= 4) add("rk4", 4, nfe, false);
  }
  add("dopri5", 5, 25, true);
  found->attempts = {{0, 1, 40, false},
                     {0, 0.25f, 3, false},
                     {0, 0.1f, 0.5f, true},
                     {0.1f, 0.6f, 0.8f, true},
                     {0.6f, 1, 0.2f, true}};
  found->attempts_tolerance = 1e-3;
  return found;
}

namespace net {

LF_NET_FIELDS(LabSolverPoint, solver, order, adaptive, nfe, tolerance, error, pixel_error, accepted, rejected)
LF_NET_FIELDS(LabAttempt, from, to, error, accepted)
LF_NET_FIELDS(LabSolvers, digits, shown, reference, reference_nfe, points, pictures, true_pictures, attempts,
              attempts_tolerance)
LF_NET_LAB_RESULT(solvers, LabSolvers)

}  // namespace net
}  // namespace lf
