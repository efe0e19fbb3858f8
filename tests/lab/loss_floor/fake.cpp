// What the tests take for an answer of the tool, and the fields of it that the safety net compares.
#include <memory>

#include "fake_lab.h"
#include "lab/loss_floor/result.h"
#include "lab_fields.h"

namespace lf {

std::shared_ptr<const LabResult> fake_lab_loss_floor(const FakeLabScene&) {
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

namespace net {

LF_NET_FIELDS(LabEstimate, mean, error)
LF_NET_FIELDS(LabLossParts, loss, floor, gap)
LF_NET_FIELDS(LabLossFloor, latents, latents_total, hidden, draws, t, time_share, all, groups, mean,
              group_means)
LF_NET_LAB_RESULT(loss_floor, LabLossFloor)

}  // namespace net
}  // namespace lf
