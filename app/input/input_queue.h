#pragma once

#include <cstddef>
#include <deque>
#include <vector>

#include "app/input/input.h"

namespace lf {

/// What keyboard and mouse did, in order, handed out frame by frame. A widget sees one state of a key or a
/// button in a frame: a tap that began and ended within one would be lost, so its end is kept for the next. A
/// press comes a frame after the movement that led to it, so that whatever lies there knows of the mouse;
/// keys wait until what a click or a shortcut opened is there to take them.
class InputQueue {
 public:
  void push(const InputEvent& event) { waiting_.push_back(event); }
  bool empty() const { return waiting_.empty(); }
  /// Does something of the mouse wait?
  bool holds_mouse() const;
  /// The next events that fit into one frame, oldest first.
  std::vector<InputEvent> take_frame();

 private:
  std::deque<InputEvent> waiting_;
  int hold_ = 0;  ///< frames for which keys still wait
};

}  // namespace lf
