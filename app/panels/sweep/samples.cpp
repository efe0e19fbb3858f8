// Small multiples: ten digits of each run, one of each class, from the same noise.
#include <algorithm>

#include "base/classes.h"
#include "panels/sweep/cards.h"
#include "panels/sweep/sweep_text.h"
#include "widgets/control/card.h"
#include "widgets/control/scroll.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr float kSampleSide = 34, kRunCaption = 18, kSampleGap = 8;

/// The samples of all runs in one texture; black where a run has none.
void update_atlas(const PanelContext& c, const SweepBlock& sweep) {
  ImageSheet all;
  size_t known = 0;
  for (const auto& digits : sweep.samples) {
    const bool whole = digits && digits->holds(kClasses);
    all.append(whole ? *digits : ImageSheet::black(kClasses));
    known += whole;
  }
  // The texture changes only when a run has ended or another sweep is shown.
  uint64_t version = known + 1;
  for (const char letter : sweep.folder) version = version * 131 + static_cast<unsigned char>(letter);
  c.cache.sweep_samples.set(all, version);
}

void draw_row(const PanelContext& c, Rect row, const SweepBlock& sweep, size_t index) {
  const SweepRun& run = sweep.runs[index];
  const bool selected = c.view.text("now.sweep.selected", "") == run.name;
  const std::string score = run.fd >= 0 ? "FD " + fixed(run.fd, 2) + " %" : state_cell(run);
  readout(c.ui, row,
          {"sweep.samples." + std::to_string(index), run.name,
           "Ten digits from the noise that all runs share.", score, ""});
  const Rect caption = row.take_top(c.px(kRunCaption), 0);
  draw_text(c.ui, caption, Type::Small, selected ? c.theme().text : c.theme().text2,
            run_values(sweep.plan, run) + " · " + score);
  const float side = std::min(c.px(kSampleSide), row.w / kClasses - c.px(2));
  for (size_t i = 0; i < kClasses; ++i) {
    TileLook look;
    look.label = static_cast<int>(i);
    digit_tile(c.ui, {row.x + static_cast<float>(i) * (side + c.px(2)), row.y, side, side},
               c.cache.sweep_samples, index * kClasses + i, look);
  }
}

}  // namespace

void draw_sweep_samples(const PanelContext& c) {
  const auto& sweep = c.snapshot.sweep;
  const CardBody parts = card(c.ui, c.area, {"sweep.samples", "Samples", "same noise, best first", "", {}});
  std::vector<size_t> shown;
  if (sweep) {
    for (const size_t index : ranked_runs(sweep->runs))
      if (index < sweep->samples.size() && sweep->samples[index]) shown.push_back(index);
  }
  if (shown.empty())
    return empty_state(c.ui, parts.body, "No samples yet", "Ten digits of each finished run appear here.");
  update_atlas(c, *sweep);
  scroll_area(c.ui, parts.body, "sweep.samples.list", [&](const Rect& room) {
    const TileLayers layers(c.ui);
    const float height = c.px(kRunCaption + kSampleSide + kSampleGap);
    float y = room.y;
    for (const size_t index : shown) {
      draw_row(c, {room.x, y, room.w - c.px(14), height - c.px(kSampleGap)}, *sweep, index);
      y += height;
    }
    return y - room.y;
  });
}

}  // namespace lf::app::panels
