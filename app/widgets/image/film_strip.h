#pragma once

#include <string>
#include <vector>

#include "widgets/control/control.h"
#include "widgets/image/atlas.h"

namespace lf {

/// Rows of pictures over time, one column a solver step; the present one is framed.
struct FilmStripSpec {
  ControlInfo info;
  struct Row {
    std::string label;  ///< at the left, e.g. "now", "heading for"
    const ImageAtlas* atlas = nullptr;
    std::vector<size_t> pictures;  ///< atlas index per state
    std::vector<int> labels;       ///< class per state for the underline; may be empty
  };
  std::vector<Row> rows;
  std::vector<float> t;               ///< time of each state
  std::vector<std::string> captions;  ///< below the first row, in place of the times; may be empty
  int current = 0;                    ///< state shown elsewhere now
};

/// Returns the state that was clicked or dragged to, else −1. Where not every state fits, evenly chosen ones
/// are shown, always with the first, the last and the current one.
int film_strip(Ui& ui, const Rect& area, const FilmStripSpec& spec);

/// Which of `count` states to show in `columns` places: ends and `current` always among them; ascending.
std::vector<int> strip_states(int count, int columns, int current);

}  // namespace lf
