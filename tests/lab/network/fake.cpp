// What the tests take for an answer of the tool, and the fields of it that the safety net compares.
#include <cmath>
#include <memory>

#include "base/image_sheet.h"
#include "fake_lab.h"
#include "lab/network/result.h"
#include "lab_fields.h"

namespace lf {

std::shared_ptr<const LabResult> fake_lab_network(const FakeLabScene& scene) {
  auto n = std::make_shared<LabNetwork>();
  n->digits = 10, n->blocks = 4, n->heads = 4, n->tokens = 4, n->side = 2, n->features = 64;
  n->t = scene.flow.t;
  for (const float t : n->t) {
    for (int i = 0; i < 10 * 4; ++i) {
      const auto phase = static_cast<float>(i);
      for (int k = 0; k < 6; ++k)
        n->modulation.push_back(0.4f + 0.3f * std::sin(3 * t + phase + static_cast<float>(k)));
      for (int k = 0; k < 2; ++k)
        n->share.push_back(0.5f + 0.4f * std::cos(2 * t + phase + static_cast<float>(k)));
      for (int row = 0; row < 16; ++row) {
        const float own = 0.25f + 0.7f * t;
        for (int j = 0; j < 4; ++j) n->attention.push_back(j == row % 4 ? own : (1 - own) / 3);
      }
    }
    for (int f = 0; f < 32; ++f)
      n->time_features.push_back(std::cos(t * std::exp(0.14f * static_cast<float>(f))));
    for (int f = 0; f < 32; ++f)
      n->time_features.push_back(std::sin(t * std::exp(0.14f * static_cast<float>(f))));
  }
  for (const ImageSheet* from : {&scene.flow.images, &scene.flow.endpoints}) {
    for (size_t s = 0; s < scene.flow.t.size(); ++s)
      n->pictures.append(*from, s * static_cast<size_t>(scene.flow.digits), 10);
  }
  return n;
}

namespace net {

LF_NET_FIELDS(LabNetwork, digits, labelled, blocks, heads, tokens, side, features, t, attention, modulation,
              share, time_features, pictures)
LF_NET_LAB_RESULT(network, LabNetwork)

}  // namespace net
}  // namespace lf
