// Shows how digits develop along t, and selects a state by a click.
#pragma once

#include <string>
#include <vector>

#include "widgets/control/control.h"
#include "widgets/image/atlas.h"

namespace lf::app::widgets {

/// Rows of images over time, one column per solver step; the current one is framed.
struct FilmStripSpec {
  ControlInfo info;
  struct Row {
    std::string label;  ///< at the left, e.g. "state", "endpoint estimate"
    const ImageAtlas* atlas = nullptr;
    std::vector<size_t> pictures;  ///< atlas index per state
    std::vector<int> labels;       ///< class per state for the underline; may be empty
  };
  std::vector<Row> rows;
  std::vector<float> t;               ///< time of each state
  std::vector<std::string> captions;  ///< below the first row, instead of the times; may be empty
  int current = 0;                    ///< the current state of the window
};

/// Returns the state that was clicked or dragged to, else −1. If not every state fits, an even
/// selection is shown, always with the first, the last and the current one.
int film_strip(Ui& ui, const Rect& area, const FilmStripSpec& spec);

/// Which of `count` states to show in `columns` columns: ends and `current` always among them;
/// ascending.
std::vector<int> strip_states(int count, int columns, int current);

}  // namespace lf::app::widgets
