// Fonts and colours of the window, in the size that the screen, the window and the user ask for.
#pragma once

#include <string>
#include <utility>

#include "app/screen/graphics.h"
#include "panels/panel.h"

namespace lf::app {

class Faces {
 public:
  /// Loads fonts and colours anew where scale or theme changed; once a frame, before it begins.
  void update(Graphics& graphics, const panels::ViewState& view, widgets::Ui& ui);
  /// Pixels of the screen for one of the window's units.
  float content_scale() const { return content_scale_; }
  /// Did the fonts change since this was asked last? True the first time.
  bool take_change() { return std::exchange(fonts_changed_, false); }

 private:
  std::string theme_;
  float scale_ = 0, content_scale_ = 1;
  bool fonts_changed_ = true;
};

}  // namespace lf::app
