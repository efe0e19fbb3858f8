#pragma once

#include <string>
#include <vector>

#include "widgets/control/control.h"

namespace lf {

struct TableColumn {
  std::string title;
  float weight = 1;     ///< share of the width that is left
  float width = 0;      ///< effective pixels; 0 takes a share by weight
  bool number = false;  ///< monospaced, right-aligned
};
struct TableRow {
  std::string id;  ///< in the ui-map: NAME.ID
  std::vector<std::string> cells;
  std::vector<Color> colours;  ///< per cell; 0 or missing: the usual text
  std::string tooltip;
  bool selected = false, marked = false;  ///< marked: a dot in the accent colour before the first cell
};

/// A table with a fixed head and scrolling rows. Returns the index of the row that was clicked, else −1.
int table(Ui& ui, const Rect& area, const std::string& name, const std::vector<TableColumn>& columns,
          const std::vector<TableRow>& rows);

}  // namespace lf
