// A drawing as SVG: lines stay lines, words stay words.
#pragma once

#include <string>

#include "figures/print/drawing.h"

namespace lf::figures {

/// SVG 1.1 with its size in millimetres; the viewBox is in units. Words name the fonts of the figures and
/// fall back to the reader's own sans or monospaced font.
std::string svg_text(const Drawing& drawing);

}  // namespace lf::figures
