// One bar for each class, with its name below and an optional mark for the expected value.
#pragma once

#include <string>
#include <vector>

#include "widgets/control/control.h"

namespace lf::app::widgets {

struct ClassBarsSpec {
  ControlInfo info;
  std::vector<double> values;        ///< bar heights, low..high
  std::vector<Color> colours;        ///< per bar
  std::vector<std::string> labels;   ///< below the bars
  std::vector<std::string> figures;  ///< above the bars
  double low = 0, high = 1;          ///< values at the bottom and at the top
  double expected = -1;              ///< a line at this value; negative: none
  std::string expected_word;         ///< label of the line, at the top right
};

void class_bars(Ui& ui, const Rect& area, const ClassBarsSpec& spec);

}  // namespace lf::app::widgets
