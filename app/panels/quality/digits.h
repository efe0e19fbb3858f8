// The second row of the Quality page: the judge's predictions by class.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

/// Share of samples predicted as requested, per class.
void draw_accuracy_card(const PanelContext& c);
/// How often each class is generated, and how much ink.
void draw_balance_card(const PanelContext& c);
/// Requested against predicted classes.
void draw_confusion_card(const PanelContext& c);

}  // namespace lf::app::panels
