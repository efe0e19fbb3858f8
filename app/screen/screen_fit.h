// Sizes and scales that stay usable on every screen, whatever the display reports.
#pragma once

namespace lf::app {

/// The smallest window, in effective pixels: below it the bars no longer fit.
constexpr int kLeastWidth = 480, kLeastHeight = 360;

struct WindowSize {
  int width = 0, height = 0;
};

/// Real pixels per effective pixel, from the display's values (`x`, `y`; possibly invalid: a
/// mistyped setting gives 0, 1000 or none). At least 1, at most 4, and small enough that a screen
/// of this many pixels (0: unknown) has room for a usable window.
float usable_scale(float x, float y, WindowSize screen);

/// A window's size in real pixels: the requested one (effective pixels) times the scale, at most
/// `screen` without the frame around it. 0 in `screen`: unknown, no limit.
WindowSize fitted_window(WindowSize wanted, float scale, WindowSize screen, WindowSize frame);

/// The scale of a window's text: the requested one (the display's times the user's) if the window
/// then has at least the smallest size, else a smaller one in steps, down to 0.6, so that the bars
/// stay visible.
float window_scale(float wanted, WindowSize window);

}  // namespace lf::app
