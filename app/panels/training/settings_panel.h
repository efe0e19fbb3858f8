// The panel at the left of the window, built from the table of settings.
#pragma once

#include "panels/panel.h"

namespace lf::app::panels {

constexpr float kSettingsWidth = 300;

/// Every setting as a row: label, value, reset. Changes never reset training: live ones act at once, the
/// others with the next run, and say so.
void draw_settings_panel(const PanelContext& c);
/// Registers the rows in the ui-map while the panel is folded away.
void hide_settings(const PanelContext& c);

}  // namespace lf::app::panels
