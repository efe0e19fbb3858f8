// What the tests take for an answer of the tool, and the fields of it that the safety net compares.
#include <cmath>
#include <memory>

#include "fake_lab.h"
#include "lab/coupling/result.h"
#include "lab_fields.h"

namespace lf {

static LabFlowWays fake_ways(const FakeLabScene& scene, float bend, int digits) {
  LabFlowWays ways;
  ways.detour = 0.2 * bend;
  const auto points = [&](int states, float by) {
    std::vector<float> all;
    for (int i = 0; i < digits; ++i) {
      const auto angle = static_cast<float>(i);
      for (int s = 0; s < states; ++s) {
        const float t = static_cast<float>(s) / static_cast<float>(states - 1);
        all.push_back((1 + 4 * t) * std::cos(angle) + by * std::sin(3 * t));
        all.push_back((1 + 4 * t) * std::sin(angle) + by * t * t);
      }
    }
    return all;
  };
  ways.points = points(17, bend);
  for (const int64_t steps : {1, 2, 4}) {
    const double off = 0.6 * bend / static_cast<double>(steps);
    ways.few.push_back({steps, off, off / 4, points(static_cast<int>(steps) + 1, bend)});
  }
  for (int i = 0; i < 4; ++i) ways.pictures.append(scene.digits(10));
  return ways;
}

std::shared_ptr<const LabResult> fake_lab_coupling(const FakeLabScene& scene) {
  auto found = std::make_shared<LabCoupling>();
  found->batch = 64, found->batches = 7, found->planned = 20;
  found->trained_with = scene.reflowed ? "reflow" : "independent";
  for (int i = 0; i < 64; ++i) {
    const auto a = static_cast<float>(i);
    found->labels.push_back(static_cast<uint8_t>(i % 10));
    found->latents.push_back(4 * std::cos(0.63f * static_cast<float>(i % 10)) + 0.5f * std::sin(a));
    found->latents.push_back(4 * std::sin(0.63f * static_cast<float>(i % 10)) + 0.5f * std::cos(a));
    found->noise.push_back(2 * std::sin(3 * a));
    found->noise.push_back(2 * std::cos(5 * a));
  }
  const char* laws[] = {"independent", "transport", "transport-by-digit"};
  for (int64_t law = 0; law < 3; ++law) {
    LabPairing p{laws[law], 128 - 20.0 * static_cast<double>(law == 1 ? 2 : law / 2),
                 1.5,       law == 1 ? 7.0 : 0.2,
                 0.4,       {}};
    for (int64_t i = 0; i < 64; ++i) p.noise_row.push_back((i + 10 * law) % 64);
    found->pairings.push_back(p);
  }
  found->digits = 20, found->shown = 10;
  for (int i = 0; i < 20; ++i) found->digit_labels.push_back(static_cast<uint8_t>(i % 10));
  found->reference = "midpoint, 16 steps";
  found->fine_states = 17;
  found->now = fake_ways(scene, scene.reflowed ? 0.3f : 1, 20);
  if (scene.reflowed) found->before = fake_ways(scene, 1, 20);
  return found;
}

namespace net {

LF_NET_FIELDS(LabPairing, law, cost, cost_spread, skew, excess, noise_row)
LF_NET_FIELDS(LabFewSteps, steps, error, pixel_error, points)
LF_NET_FIELDS(LabFlowWays, detour, points, few, pictures)
LF_NET_FIELDS(LabCoupling, batch, batches, planned, trained_with, labels, latents, noise, pairings, digits,
              shown, digit_labels, reference, fine_states, now, before)
LF_NET_LAB_RESULT(coupling, LabCoupling)

}  // namespace net
}  // namespace lf
