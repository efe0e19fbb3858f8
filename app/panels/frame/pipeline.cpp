#include "panels/frame/pipeline.h"

#include <vector>

#include "widgets/control/control.h"
#include "widgets/icons.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

struct Stage {
  const char* id;
  std::string label, tooltip;
  Color colour;
  bool lit;
};

std::string thousands(int64_t n) { return n >= 1000 ? std::to_string(n / 1000) + "k" : std::to_string(n); }

std::vector<Stage> stages(const PanelContext& c) {
  const RunBlock& run = *c.snapshot.run;
  const Theme& t = c.theme();
  const bool ae = run.phase == Phase::Autoencoder, flow = run.phase == Phase::Flow;
  const bool polished = flow && run.autoencoder_step < run.autoencoder_total;
  const std::string set = run.dataset.empty()
                              ? "data"
                              : run.dataset + (run.train_count > 0 ? " " + thousands(run.train_count) : "");
  const std::string parameters =
      " Encoder and decoder have " + grouped(run.autoencoder_parameters) + " parameters together.";
  return {
      {"data", set,
       "Data set: " + run.dataset + ", " + grouped(run.train_count) + " for training and " +
           grouped(run.test_count) +
           " for testing. Source: " + (run.dataset_source.empty() ? "built in" : run.dataset_source) + ".",
       run.dataset_builtin ? t.warning : t.text2, run.dataset_builtin},
      {"encoder", "encode", "Compresses each 28×28 image to a 4×4×4 latent." + parameters, t.autoencoder, ae},
      {"latent", "latent 4×4×4", "64 latent dimensions per digit; the flow works here.", t.noise,
       run.phase == Phase::Latents},
      {"flow", "flow",
       "Transforms noise into latents along a learned velocity field, from t = 0 to t = 1. " +
           grouped(run.flow_parameters) + " parameters.",
       t.flow, flow},
      {"decoder", "decode", "Turns a latent back into a 28×28 image." + parameters, t.autoencoder,
       ae || polished},
      {"digit", "digit", "The result: a generated digit.", t.data, false}};
}

}  // namespace

void draw_pipeline(const PanelContext& c) {
  const auto list = stages(c);
  const Theme& t = c.theme();
  const float arrow = c.px(20), h = c.px(22);
  float total = arrow * static_cast<float>(list.size() - 1);
  for (const Stage& s : list) total += text_size(c.ui, Type::Small, s.label).x + c.px(18);
  if (total > c.area.w) {
    for (const Stage& s : list)
      c.ui.map.add_hidden(std::string("pipeline.") + s.id, s.label, "Shown in wider windows.");
    return;
  }
  float x = c.area.right() - total;
  for (size_t i = 0; i < list.size(); ++i) {
    const Stage& s = list[i];
    const Rect place{x, c.area.center().y - 0.5f * h, text_size(c.ui, Type::Small, s.label).x + c.px(18), h};
    readout(c.ui, place, {std::string("pipeline.") + s.id, s.label, s.tooltip, s.lit ? "active" : "", ""});
    if (s.lit) draw()->AddRectFilled(place.min(), place.max(), mix(t.bar, s.colour, 0.2f), 0.5f * h);
    draw()->AddRect(place.min(), place.max(), mix(t.border, s.colour, s.lit ? 0.9f : 0.25f), 0.5f * h);
    draw_text(c.ui, place, Type::Small, s.lit ? t.text : t.text2, s.label, Align::Center);
    x = place.right();
    if (i + 1 < list.size()) {
      draw()->AddLine({x + c.px(5), place.center().y}, {x + c.px(13), place.center().y}, t.faint, c.px(1));
      draw_icon(Icon::Right, {x + c.px(14), place.center().y}, c.px(7), t.faint);
    }
    x += arrow;
  }
}

}  // namespace lf::app::panels
