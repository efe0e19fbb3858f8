#include "panels/compare/compare_page.h"

#include "panels/compare/compared_map.h"
#include "panels/compare/curves.h"
#include "panels/compare/differences.h"
#include "panels/compare/same_noise.h"
#include "panels/page_scroll.h"
#include "widgets/control/card.h"

namespace lf::app::panels {
namespace {

void draw_nothing_compared(const PanelContext& c) {
  const CardBody parts = card(c.ui, c.area, {"card.compare", "The same noise", "", "", {}});
  Rect body = parts.body;
  const ControlInfo choose{"compare.choose", "Choose runs", "Opens the list of stored runs.", "", ""};
  const Rect place = body.take_bottom(c.px(60));
  empty_state(c.ui, body, "Nothing to compare yet",
              "Press 'compare' on two to four runs on the page Runs. Their digits from the same noise, their "
              "curves, settings and weights appear here side by side. A run folder dropped on this page is "
              "added, too.");
  const float width = button_width(c.ui, choose.label);
  if (button(c.ui, {place.center().x - 0.5f * width, place.y, width, c.px(30)}, choose)) c.view.page = "runs";
}

}  // namespace

void draw_compare_page(const PanelContext& c) {
  if (c.snapshot.compare->models.empty()) return draw_nothing_compared(c);
  const bool two = wide(c, 900);
  const float gap = c.px(12);
  page_scroll(c, "compare.scroll", two ? 560 : 1500, [&](const PanelContext& page) {
    if (two) {
      const auto halves = columns(page.area, {1.35f, 1}, gap);
      const auto left = rows(halves[0], {1.7f, 1}, gap), right = rows(halves[1], {1, 1}, gap);
      draw_same_noise_card(page.within(left[0]));
      draw_compared_map_card(page.within(left[1]));
      draw_compare_card(page.within(right[0]));
      draw_differences_card(page.within(right[1]));
      return;
    }
    const auto bands = rows(page.area, {1.5f, 1, 1, 1}, gap);
    draw_same_noise_card(page.within(bands[0]));
    draw_differences_card(page.within(bands[1]));
    draw_compare_card(page.within(bands[2]));
    draw_compared_map_card(page.within(bands[3]));
  });
}

}  // namespace lf::app::panels
