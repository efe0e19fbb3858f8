// What the tests take for an answer of the tool, and the fields of it that the safety net compares.
#include <cmath>
#include <memory>

#include "fake_lab.h"
#include "lab/step/result.h"
#include "lab_fields.h"

namespace lf {

std::shared_ptr<const LabResult> fake_lab_step(const FakeLabScene& scene) {
  auto s = std::make_shared<LabStep>();
  s->batch = 64, s->parameters = 465000, s->optimizer = "muon", s->rate = 6e-4, s->muon_rate = 2e-3;
  s->clip = 1, s->gradient_norm = 0.42;
  s->x0_rms = 1, s->x1_rms = 0.98, s->target_rms = 1.41, s->prediction_rms = 1.1, s->cosine = 0.78;
  s->mean_loss = 0.87, s->mean_loss_after = 0.86, s->other_loss = 0.88, s->other_loss_after = 0.875;
  for (int i = 0; i < 64; ++i) {
    s->t.push_back((static_cast<float>(i) + 0.5f) / 64);
    s->labels.push_back(static_cast<uint8_t>(i % 11));
    s->loss.push_back(0.8f + 0.3f * std::sin(static_cast<float>(i)));
    s->loss_after.push_back(s->loss.back() - 0.01f);
  }
  for (const char* name :
       {"input", "time embedding", "class embedding", "shared modulation", "block 1 modulation",
        "block 1 attention", "block 1 MLP", "block 2 attention", "block 2 MLP", "output"})
    s->groups.push_back({name, 1000, 0.1 + 0.02 * static_cast<double>(s->groups.size()), 10, 0.05});
  for (int64_t i = 0; i < 8; ++i) s->shown.push_back(4 + 8 * i);
  s->pictures = scene.flow.images.part(scene.flow.images.count() - 5 * 8, 5 * 8);
  return s;
}

namespace net {

LF_NET_FIELDS(LabStepGroup, name, numbers, gradient, weight, update)
LF_NET_FIELDS(LabStep, batch, parameters, optimizer, rate, muon_rate, rate_factor, sigma_min, clip, t, labels,
              loss, loss_after, x0_rms, x1_rms, target_rms, prediction_rms, cosine, mean_loss,
              mean_loss_after, other_loss, other_loss_after, gradient_norm, groups, shown, pictures)
LF_NET_LAB_RESULT(step, LabStep)

}  // namespace net
}  // namespace lf
