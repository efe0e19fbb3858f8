#include "app/screen/faces.h"

#include "app/screen/screen_fit.h"

namespace lf::app {

void Faces::update(Graphics& graphics, const panels::ViewState& view, widgets::Ui& ui) {
  content_scale_ = graphics.content_scale();
  WindowSize size;
  graphics.size(size.width, size.height);
  const float scale = window_scale(content_scale_ * view.font_scale, size);
  if (scale != scale_) {
    ui.fonts = widgets::load_fonts(scale);
    ui.scale = scale;
    graphics.upload_fonts();
    fonts_changed_ = true;
  }
  if (scale != scale_ || theme_ != view.theme) {
    ui.theme = &widgets::find_theme(view.theme);
    widgets::apply_to_imgui(*ui.theme, scale);
  }
  scale_ = scale;
  theme_ = view.theme;
}

}  // namespace lf::app
