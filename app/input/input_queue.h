// The buffer between GLFW's callbacks and the frames: fast input must survive a slow frame.
#pragma once

#include <cstddef>
#include <deque>
#include <vector>

#include "app/input/input.h"

namespace lf::app {

/// Keyboard and mouse events, in order, released frame by frame. A widget sees one state of a key
/// or a button per frame: a tap within one frame would be lost, so its end is kept for the next. A
/// press comes a frame after the movement before it, so that the control below already has the
/// mouse. Keys wait until a field or panel opened by a click or a shortcut can take them.
class InputQueue {
 public:
  void push(const InputEvent& event) { waiting_.push_back(event); }
  bool empty() const { return waiting_.empty(); }
  /// True if a mouse event is waiting.
  bool holds_mouse() const;
  /// The next events that fit into one frame, oldest first.
  std::vector<InputEvent> take_frame();

 private:
  std::deque<InputEvent> waiting_;
  int hold_ = 0;  ///< frames for which keys still wait
};

}  // namespace lf::app
