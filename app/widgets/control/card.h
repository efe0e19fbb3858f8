// A card: a title, its unit in grey, its switches at the right, its result in a sentence below.
#pragma once

#include <string>
#include <vector>

#include "widgets/control/button.h"

namespace lf::app::widgets {

/// One chip in the head of a card.
struct CardChip {
  ControlInfo info;
  bool on = false;
  bool toggles = true;
};

struct CardSpec {
  std::string name;    ///< in the ui-map
  std::string title;   ///< semibold
  std::string unit;    ///< grey, behind it
  std::string answer;  ///< one sentence below; "" leaves the room to the body
  std::vector<CardChip> chips;
};

/// The remaining areas of the card, and the click.
struct CardBody {
  Rect body;         ///< inside, below the head and above the answer
  Rect head_right;   ///< free part of the head, left of the chips
  int clicked = -1;  ///< index of the chip clicked in this frame
};

/// Draws frame, head and result. If chips do not fit, the unit is shortened first.
CardBody card(Ui& ui, const Rect& rect, const CardSpec& spec);

/// What will appear here, and how to make it appear: centred in `body`.
void empty_state(Ui& ui, const Rect& body, const std::string& title, const std::string& how);

}  // namespace lf::app::widgets
