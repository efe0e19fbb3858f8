// What "Loss by t with its floor" would publish.
#pragma once

#include <memory>

#include "lab/loss_floor/result.h"

namespace lf {

inline std::shared_ptr<const LabLossFloor> fake_loss_floor() {
  auto found = std::make_shared<LabLossFloor>();
  found->latents = 4000, found->latents_total = 60000, found->hidden = 0.1, found->draws = 88;
  for (int i = 0; i < 20; ++i) {
    const double t = (i + 0.5) / 20, floor = 1 - 1.6 * t * (1 - t), gap = 0.03 + 0.05 * t;
    const LabLossParts parts{{floor + gap, 0.01}, {floor, 0.01}, {gap, 0.003}};
    found->t.push_back(static_cast<float>(t));
    found->time_share.push_back(0.05f);
    found->all.push_back(parts);
    for (size_t g = 0; g < LabLossFloor::kGroups; ++g) found->groups.push_back(parts);
  }
  found->mean = found->all[10];
  found->group_means.fill(found->mean);
  return found;
}

}  // namespace lf
