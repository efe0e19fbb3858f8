#include "panels/sweep/sweep_page.h"

#include <algorithm>

#include "panels/page_scroll.h"
#include "panels/sweep/cards.h"

namespace lf::app::panels {
namespace {

constexpr float kWidePage = 1000, kEditorWidth = 330, kLeastResults = 560, kCardHeight = 320,
                kNarrowCards = 3.4f;

void draw_results(const PanelContext& c, bool two_columns) {
  const float gap = c.px(12);
  const auto parts = rows(c.area, {1.1f, 1}, gap);
  draw_sweep_table(c.within(parts[0]));
  const auto lower = two_columns ? columns(parts[1], {1.15f, 1}, gap) : rows(parts[1], {1, 1}, gap);
  draw_sweep_chart(c.within(lower[0]));
  draw_sweep_samples(c.within(lower[1]));
}

}  // namespace

void draw_sweep_page(const PanelContext& c) {
  if (wide(c, kWidePage)) {
    const float editor = sweep_editor_height(c, c.px(kEditorWidth));
    page_scroll(c, "sweep.scroll", std::max(editor, kLeastResults), [&](const PanelContext& page) {
      Rect area = page.area;
      draw_sweep_editor(page.within(area.take_left(c.px(kEditorWidth), c.px(12))));
      draw_results(page.within(area), true);
    });
    return;
  }
  const float editor = sweep_editor_height(c, c.area.w);
  page_scroll(c, "sweep.scroll", editor + kNarrowCards * kCardHeight, [&](const PanelContext& page) {
    Rect area = page.area;
    draw_sweep_editor(page.within(area.take_top(c.px(editor), c.px(12))));
    draw_results(page.within(area), false);
  });
}

}  // namespace lf::app::panels
