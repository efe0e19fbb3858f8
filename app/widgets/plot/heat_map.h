// A square table of counts as colours, e.g. requested against predicted classes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "widgets/control/control.h"

namespace lf::app::widgets {

struct HeatMapSpec {
  ControlInfo info;
  int side = 10;                            ///< rows and columns
  std::vector<double> values;               ///< (side · side), row by row, 0..1: intensity
  std::vector<Color> row_colours;           ///< (side) of the marks at the left; may be empty
  std::vector<std::string> cell_texts;      ///< (side · side) tooltip of each cell
  Color on_diagonal = 0, off_diagonal = 0;  ///< for correct and wrong cells
  std::string row_word, column_word;        ///< e.g. "label", "predicted"
};

/// Fills `area` with the largest square cells that fit; the cell under the mouse has a tooltip.
void heat_map(Ui& ui, const Rect& area, const HeatMapSpec& spec);

}  // namespace lf::app::widgets
