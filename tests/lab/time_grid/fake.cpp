// What the tests take for an answer of the tool, and the fields of it that the safety net compares.
#include <cmath>
#include <memory>

#include "fake_lab.h"
#include "lab/time_grid/result.h"
#include "lab_fields.h"

namespace lf {

std::shared_ptr<const LabResult> fake_lab_time_grid(const FakeLabScene& scene) {
  auto found = std::make_shared<LabTimeGrid>();
  found->digits = 20, found->shown = 10, found->reference = "rk4, 50 steps";
  found->solver = "midpoint", found->order = 2, found->nfe = 8;
  found->true_pictures = scene.digits(10);
  const auto grid = [&](std::vector<double> times, double error) {
    LabGrid g;
    g.times = std::move(times), g.error = error, g.pixel_error = 0.3 * error;
    g.step_errors = {0.001f, 0.002f, 0.01f, 0.02f};
    g.pictures = found->true_pictures;
    return g;
  };
  found->present = grid({0, 0.25, 0.5, 0.75, 1}, 0.05);
  found->equal = found->present;
  found->equalised = grid({0, 0.4, 0.7, 0.88, 1}, 0.03);
  found->probe = 0.04;
  for (int k = 0; k < 20; ++k) {
    const float t = 0.025f + 0.05f * static_cast<float>(k);
    found->t.push_back(t);
    found->local_error.push_back(0.001f * std::exp(3 * t));
    found->density.push_back(std::exp(t) / 1.72f);
  }
  return found;
}

namespace net {

LF_NET_FIELDS(LabGrid, times, error, pixel_error, step_errors, pictures)
LF_NET_FIELDS(LabTimeGrid, digits, shown, reference, solver, order, nfe, present, equal, equalised,
              true_pictures, probe, t, local_error, density)
LF_NET_LAB_RESULT(time_grid, LabTimeGrid)

}  // namespace net
}  // namespace lf
