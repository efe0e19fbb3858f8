// What the tests take for an answer of the tool, and the fields of it that the safety net compares.
#include <memory>

#include "fake_lab.h"
#include "lab/ghost/result.h"
#include "lab_fields.h"

namespace lf {

std::shared_ptr<const LabResult> fake_lab_ghost(const FakeLabScene& scene) {
  auto g = std::make_shared<LabGhost>();
  g->digits = scene.flow.digits;
  g->t = scene.flow.t;
  g->labels.assign(scene.flow.labels.begin(), scene.flow.labels.begin() + scene.flow.digits);
  g->states = scene.flow.images;
  g->guesses = scene.flow.endpoints;
  g->seen = scene.flow.judged;
  const auto n = static_cast<size_t>(scene.flow.digits);
  for (size_t s = 0; s < scene.flow.t.size(); ++s) {
    for (size_t d = 0; d < n; ++d) {
      for (int k = 0; k < 10; ++k)
        g->probability.push_back(k == g->seen[s * n + d] ? 0.1f + 0.9f * scene.flow.t[s]
                                                         : 0.1f * (1 - scene.flow.t[s]));
      g->entropy.push_back(3.3f * (1 - scene.flow.t[s]));
    }
    g->mean_entropy.push_back(3.3f * (1 - scene.flow.t[s]));
  }
  for (size_t d = 0; d < n; ++d) g->decided.push_back(scene.flow.t[d % scene.flow.t.size()]);
  g->switches = 55;
  return g;
}

namespace net {

LF_NET_FIELDS(LabGhost, digits, t, labels, states, guesses, probability, entropy, mean_entropy, seen, decided,
              switches)
LF_NET_LAB_RESULT(ghost, LabGhost)

}  // namespace net
}  // namespace lf
