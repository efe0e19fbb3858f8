// The film strip of one digit, from noise to image, and from when on its class is decided.
#include <algorithm>
#include <cmath>

#include "base/classes.h"
#include "panels/actions.h"
#include "panels/explore/cards.h"
#include "panels/growth_parts.h"
#include "panels/preview_time.h"
#include "widgets/control/card.h"
#include "widgets/control/combo.h"
#include "widgets/image/film_strip.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

/// The sentence below the strip, from the judge's classes of the endpoint estimates.
std::string decided(const FlowBlock& flow, int digit) {
  if (flow.untrained) return "Generated before the flow was trained; no class is decided yet.";
  const size_t states = flow.t.size(), n = static_cast<size_t>(flow.digits);
  if (flow.judged.size() != states * n || digit < 0) return "";
  const auto seen = [&](size_t s) {
    return static_cast<int>(flow.judged[s * n + static_cast<size_t>(digit)]);
  };
  const int last = seen(states - 1), wanted = flow.labels[static_cast<size_t>(digit)];
  size_t since = states - 1;
  while (since > 0 && seen(since - 1) == last) --since;
  const std::string when = since == 0 ? "from the start" : "from t = " + fixed(flow.t[since], 2) + " on";
  if (!flow.labelled)
    return "Unconditional: the classifier predicts " + digit_with_article(last) + " " + when + ".";
  if (last != wanted)
    return "Conditioned on " + digit_with_article(wanted) + ", but the classifier predicts " +
           digit_with_article(last) + " " + when + ".";
  return "The classifier predicts " + digit_with_article(last) + " " + when +
         "; later steps only change the strokes.";
}

int first_of(const FlowBlock& flow, int digit) {
  for (int i = 0; i < static_cast<int>(flow.digits); ++i) {
    if (flow.labels[static_cast<size_t>(i)] == digit) return i;
  }
  return -1;
}

/// The choice of the digit, at the right of the head.
void draw_digit_choice(const PanelContext& c, Rect place) {
  const FlowBlock& flow = *c.snapshot.flow;
  std::vector<MenuRow> list;
  for (int digit = 0; digit < kClasses; ++digit) {
    list.push_back({std::to_string(digit), "Digit " + std::to_string(digit), "",
                    first_of(flow, digit) < 0 ? "The preview has no such digit." : ""});
  }
  const int current = flow.labels[static_cast<size_t>(c.view.selected)];
  const std::string name = current < kClasses ? std::to_string(current) : "—";
  if (place.w < c.px(74)) {
    c.ui.map.add_hidden("explore.strip.digit", "digit",
                        "Shown in wider windows; a click on a digit of the grid does the same.");
    return;
  }
  const Rect cut = place.take_right(c.px(74));
  const Rect chip_place{cut.x, cut.center().y - 0.5f * chip_height(c.ui), cut.w, chip_height(c.ui)};
  const ControlInfo info{"explore.strip.digit", "digit " + name,
                         "The digit shown here. A click on a digit of the grid does the same.", name, ""};
  const int chosen = combo(c.ui, chip_place, info, list, current, true);
  if (chosen >= 0 && first_of(flow, chosen) >= 0) c.view.selected = first_of(flow, chosen);
}

FilmStripSpec strip_spec(const PanelContext& c, int digit) {
  const FlowBlock& flow = *c.snapshot.flow;
  FilmStripSpec strip;
  strip.current = nearest_state(flow, c.view.t);
  strip.info = {"strip.flow", "Film strip",
                "One image per solver step: the state above, its endpoint estimate below. Click an image to "
                "move t there.",
                "state " + std::to_string(strip.current), ""};
  strip.t = flow.t;
  FilmStripSpec::Row now{"state", &c.cache.flow_images, {}, {}},
      heading{"estimate", &c.cache.flow_endpoints, {}, {}};
  const size_t n = static_cast<size_t>(flow.digits), states = flow.t.size();
  for (size_t s = 0; s < states; ++s) now.pictures.push_back(s * n + static_cast<size_t>(digit));
  heading.pictures = now.pictures;
  if (!flow.untrained && flow.judged.size() == states * n) {  // before it learns, its classes are meaningless
    for (size_t index : heading.pictures) heading.labels.push_back(flow.judged[index]);
  }
  strip.rows = {now, heading};
  return strip;
}

}  // namespace

float film_strip_height(const PanelContext& c, float width) {
  const size_t shown = growth_shown(c.snapshot) ? 18 : c.snapshot.flow->t.size();
  const size_t states = std::clamp<size_t>(shown, 9, 22);
  const float side = (width - c.px(24 + 72)) / static_cast<float>(states) - c.px(6);
  // Head, two rows with a caption, the result, and the paddings of the card.
  return 2 * std::clamp(side, c.px(40), c.px(84)) + c.px(24 + 6 + 16 + 12 + 24 + 16 + 8);
}

void draw_film_strip_card(const PanelContext& c) {
  const FlowBlock& flow = *c.snapshot.flow;
  const bool ready = !flow.t.empty() && flow.digits > 0;
  if (ready) c.view.selected = std::clamp(c.view.selected, 0, static_cast<int>(flow.digits) - 1);
  CardSpec spec{"card.strip", "One digit, step by step", "", ready ? decided(flow, c.view.selected) : "", {}};
  if (ready) spec.unit = flow.solver + " · " + counted(flow.steps, "step");
  const std::string none = ready ? "" : "There is no preview yet.";
  spec.chips = {
      {{"explore.strip.noise", "new noise", "Changes the preview's noise (setting Noise seed).", "", none},
       false,
       false},
      {{"explore.strip.gif", "save GIF",
        "Saves the flow of all digits as an animation: " + export_path(*c.snapshot.run) + ".", "", none},
       false,
       false}};
  const bool growing = growth_shown(c.snapshot);
  if (growing) {
    spec.title = "Two test digits, step by step";
    spec.unit = "autoencoder steps";
    spec.answer = "Their reconstructions, from the first step of the autoencoder on.";
  }
  const CardBody body = card(c.ui, c.area, spec);
  if (body.clicked == 0) set_setting(c, setting_key(&PreviewSettings::seed), std::to_string(flow.seed + 1));
  if (body.clicked == 1) c.send(ExportCommand{export_path(*c.snapshot.run)});
  if (growing) return draw_growth_strip(c, body.body);
  if (!ready) {
    readout(c.ui, body.body, {"strip.flow", "Film strip", "", "empty", ""});
    return empty_state(c.ui, body.body, "No steps yet",
                       "One image per solver step appears here with the first preview.");
  }
  draw_digit_choice(c, body.head_right);
  const int chosen = film_strip(c.ui, body.body, strip_spec(c, c.view.selected));
  if (chosen < 0) return;
  c.view.playing = false;
  c.view.t = flow.t[static_cast<size_t>(chosen)];
}

}  // namespace lf::app::panels
