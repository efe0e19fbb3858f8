#pragma once

namespace lf {

/// The least window, in effective pixels: below it the bars no longer fit.
constexpr int kLeastWidth = 480, kLeastHeight = 360;

struct WindowSize {
  int width = 0, height = 0;
};

/// Real pixels per effective pixel, out of what the display says (`x`, `y`; any numbers at all, a setting
/// that was mistyped gives 0, 1000 or none). At least 1, at most 4, and never so large that a screen of this
/// many pixels (0: unknown) would not hold the least window.
float usable_scale(float x, float y, WindowSize screen);

/// A window's size in real pixels: the wanted one (effective pixels) times the scale, at most `screen`
/// without the frame around it. 0 in `screen`: unknown, no limit.
WindowSize fitted_window(WindowSize wanted, float scale, WindowSize screen, WindowSize frame);

}  // namespace lf
