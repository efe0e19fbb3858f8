// Lists to choose from, which open on a click.
#pragma once

#include <string>
#include <vector>

#include "widgets/control/button.h"

namespace lf::app::widgets {

/// One row of a menu.
struct MenuRow {
  std::string id, label, hint;  ///< `hint` is grey behind the label
  std::string disabled;         ///< reason; "" if it can be chosen
};

/// A button that opens a list. Rows appear in the ui-map as NAME.ID while the list is open. Returns
/// the index of the row clicked in this frame, else −1. `current` is marked (−1: none).
int combo(Ui& ui, const Rect& rect, const ControlInfo& info, const std::vector<MenuRow>& rows, int current,
          bool as_chip = false);

/// The list alone, opened by `open` at `anchor`, for context and overflow menus.
int menu(Ui& ui, const std::string& name, const Rect& anchor, bool open, const std::vector<MenuRow>& rows,
         int current);

}  // namespace lf::app::widgets
