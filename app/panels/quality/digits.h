// The second row of the Quality page: what the judge sees in each digit.
#pragma once

#include "panels/panel.h"

namespace lf {

/// Share of samples seen as asked for, per digit.
void draw_accuracy_card(const PanelContext& c);
/// How often each digit is drawn, and how much ink.
void draw_balance_card(const PanelContext& c);
/// Which digit was asked for and which was seen.
void draw_confusion_card(const PanelContext& c);

}  // namespace lf
