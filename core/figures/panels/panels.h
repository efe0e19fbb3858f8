// The kinds of panels in a figure: each says how high it wants to be at a width, and draws itself.
#pragma once

#include <string>
#include <vector>

#include "figures/frame.h"
#include "lab/figure.h"

namespace lf::figures {

float height_of(const LabImages& images, float width);
float height_of(const LabPlot& plot, float width);
float height_of(const LabBars& bars, float width);
float height_of(const LabMatrix& matrix, float width);
float height_of(const LabCloud& cloud, float width);

void draw_panel(Drawing& canvas, Box box, const LabImages& images);
void draw_panel(Drawing& canvas, Box box, const LabPlot& plot);
void draw_panel(Drawing& canvas, Box box, const LabBars& bars);
void draw_panel(Drawing& canvas, Box box, const LabMatrix& matrix);
void draw_panel(Drawing& canvas, Box box, const LabCloud& cloud);

files::Rgb tone_color(const Palette& palette, int tone);
/// The widest of the names, 0 where there are none.
float widest(const std::vector<std::string>& names, const files::TextStyle& style);
/// Words in lines of at most `width` pixels.
std::vector<std::string> wrapped_words(const std::string& text, const files::TextStyle& style, float width);

}  // namespace lf::figures
