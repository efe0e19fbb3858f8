#include "panels/quality/quality_page.h"

#include <vector>

#include "panels/page_scroll.h"
#include "panels/quality/badge.h"
#include "panels/quality/checks.h"
#include "panels/quality/digits.h"

namespace lf::app::panels {
namespace {

using DrawCard = void (*)(const PanelContext&);

/// A row of cards: their order, relative widths, and minimum height in effective pixels.
struct CardRow {
  std::vector<DrawCard> cards;
  std::vector<float> weights;
  float height;
};

std::vector<CardRow> rows_for(bool three, bool two) {
  if (three) {
    return {{{draw_badge_card, draw_scale_card}, {1, 1.1f}, 212},
            {{draw_accuracy_card, draw_balance_card, draw_confusion_card}, {1, 1, 1}, 230},
            {{draw_history_card, draw_memorisation_card, draw_judge_card}, {1.2f, 0.8f, 1}, 212}};
  }
  if (two) {
    return {{{draw_badge_card}, {1}, 220},
            {{draw_scale_card, draw_history_card}, {1, 1}, 220},
            {{draw_accuracy_card, draw_balance_card}, {1, 1}, 230},
            {{draw_confusion_card, draw_judge_card}, {1, 1}, 270},
            {{draw_memorisation_card}, {1}, 170}};
  }
  std::vector<CardRow> single{{{draw_badge_card}, {1}, 290}};
  for (const DrawCard card : {draw_scale_card, draw_history_card, draw_accuracy_card, draw_balance_card,
                              draw_confusion_card, draw_memorisation_card, draw_judge_card}) {
    single.push_back({{card}, {1}, 270});
  }
  return single;
}

}  // namespace

void draw_quality_page(const PanelContext& c) {
  const auto card_rows = rows_for(wide(c, 960), wide(c, 600));
  constexpr float kGap = 12;
  float least = -kGap;
  std::vector<float> heights;
  for (const CardRow& row : card_rows) {
    least += row.height + kGap;
    heights.push_back(row.height);
  }
  page_scroll(c, "quality.scroll", least, [&](const PanelContext& page) {
    const auto bands = rows(page.area, heights, c.px(kGap));
    for (size_t i = 0; i < card_rows.size(); ++i) {
      const auto slots = columns(bands[i], card_rows[i].weights, c.px(kGap));
      for (size_t j = 0; j < slots.size(); ++j) card_rows[i].cards[j](page.within(slots[j]));
    }
  });
}

}  // namespace lf::app::panels
