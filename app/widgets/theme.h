// The roles of colour. A role means the same everywhere; a theme defines only its look.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "base/classes.h"
#include "widgets/color.h"

namespace lf::app::widgets {

struct Theme {
  std::string name, label;
  bool dark = true;
  // Surfaces, from the back to the front.
  Color window, bar, card, raised, border;
  // Text.
  Color text, text2, faint;
  // Controls and their states.
  Color accent, on_accent, good, warning, error;
  // Meanings of data.
  Color noise, data, autoencoder, flow, held_out, negative, positive;
  // Images of digits: paper and ink.
  Color paper, ink;
  ByClass<Color> digits;
  float line = 1.0f;  ///< factor of line widths (a projector needs thicker ones)
};

/// The table of themes, in order: dark, light, projector.
const std::vector<Theme>& theme_table();
/// The theme of this name, or the first.
const Theme& find_theme(const std::string& name);
/// The next one in the table, for a key or a button that cycles.
const Theme& next_theme(const std::string& name);

/// Applies the theme to ImGui's own widgets (popups, input fields, scroll bars).
void apply_to_imgui(const Theme& theme, float scale);

}  // namespace lf::app::widgets
