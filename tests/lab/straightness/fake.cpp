// What the tests take for an answer of the tool, and the fields of it that the safety net compares.
#include <cmath>
#include <memory>

#include "fake_lab.h"
#include "lab/straightness/result.h"
#include "lab_fields.h"

namespace lf {

std::shared_ptr<const LabResult> fake_lab_straightness(const FakeLabScene& scene) {
  auto found = std::make_shared<LabStraightness>();
  constexpr int kSteps = 24;
  found->digits = 80, found->wanted = 120, found->followed = 40, found->shown = 10;
  found->reference = "midpoint, 24 steps";
  found->in_plane = 0.2;
  for (int i = 0; i < 80; ++i) {
    const auto wave = static_cast<float>(std::sin(i));
    found->labels.push_back(static_cast<uint8_t>(i % 10));
    found->ratio.push_back(1.2f + 0.1f * wave);
    found->turned.push_back(90 + 30 * wave);
    found->cost.push_back(100 + 20 * wave);
    found->deviation.push_back(0.3f + 0.1f * wave);
  }
  for (int s = 0; s <= kSteps; ++s) found->state_t.push_back(static_cast<float>(s) / kSteps);
  found->t.assign(found->state_t.begin() + 1, found->state_t.end() - 1);
  for (const float t : found->t) found->turning.push_back(60 + 200 * t * t);
  for (int k = 0; k < 10; ++k) {
    for (const float v : found->turning)
      found->class_turning.push_back(v * (0.8f + 0.04f * static_cast<float>(k)));
  }
  for (int i = 0; i < 40; ++i) {
    found->own_turning.insert(found->own_turning.end(), found->turning.begin(), found->turning.end());
    for (const float t : found->state_t) {
      const float angle = 0.6f * static_cast<float>(i % 10);
      found->points.push_back(5 * t * std::cos(angle) + std::sin(static_cast<float>(i)));
      found->points.push_back(5 * t * t * std::sin(angle) + std::cos(static_cast<float>(i)));
    }
  }
  for (const int64_t steps : {1, 2, 4, 8}) found->coarse.push_back({steps, 0.5 / steps, 0.2 / steps});
  for (int i = 0; i < 5; ++i) found->pictures.append(scene.digits(10));
  return found;
}

namespace net {

LF_NET_FIELDS(LabCoarse, steps, error, pixel_error)
LF_NET_FIELDS(LabStraightness, digits, wanted, followed, shown, reference, labels, ratio, turned, cost,
              deviation, t, turning, class_turning, own_turning, state_t, points, in_plane, coarse, pictures)
LF_NET_LAB_RESULT(straightness, LabStraightness)

}  // namespace net
}  // namespace lf
