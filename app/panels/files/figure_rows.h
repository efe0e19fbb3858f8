// The files panel's rows for a figure: which one, format, width and colours.
#pragma once

#include <string>

#include "panels/panel.h"

namespace lf::app::panels {

/// The figure that a control of the ui-map shows, such as "loss" for plot.loss; "" for others.
std::string figure_of_item(const std::string& item);
/// The figures of a page, the first of which is proposed.
std::vector<std::string> figures_of_page(const std::string& page);

/// Opens the files panel to save this figure; "" is the first of the page.
void open_figure_panel(ViewState& view, const std::string& kind);
/// A right click on a plot, map, grid, strip or lab tool opens the panel for its figure.
void follow_right_click(const PanelContext& c);

/// Height of the rows in pixels; 0 in another mode of the panel.
float figure_rows_height(const PanelContext& c);
/// Draws them into c.area.
void draw_figure_rows(const PanelContext& c);

/// The command that the panel's main button sends.
Command figure_command(const ViewState& view, const std::string& path);

}  // namespace lf::app::panels
