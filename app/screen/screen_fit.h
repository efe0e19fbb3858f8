#pragma once

namespace lf {

/// The least window, in effective pixels: below it the bars no longer fit.
constexpr int kLeastWidth = 480, kLeastHeight = 360;

struct WindowSize {
  int width = 0, height = 0;
};

/// Real pixels per effective pixel, out of what the display says (`x`, `y`; any numbers at all, a setting
/// that was mistyped gives 0, 1000 or none). At least 1, at most 4, and never so large that a screen of this
/// many pixels (0: unknown) would hold no window with room to work in.
float usable_scale(float x, float y, WindowSize screen);

/// A window's size in real pixels: the wanted one (effective pixels) times the scale, at most `screen`
/// without the frame around it. 0 in `screen`: unknown, no limit.
WindowSize fitted_window(WindowSize wanted, float scale, WindowSize screen, WindowSize frame);

/// The scale of a window's writing: the one asked for (the display's times the user's), where the window is
/// at least the least one by it, else a smaller one in steps, down to 0.6; the bars are then still in sight.
float window_scale(float wanted, WindowSize window);

}  // namespace lf
