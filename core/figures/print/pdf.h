// A drawing as PDF, by cairo: lines stay lines, words stay words in embedded fonts.
#pragma once

#include <cstdint>
#include <vector>

#include "figures/print/drawing.h"

namespace lf::figures {

/// True when this build can write PDF.
bool pdf_available();

/// One page of the drawing's size. Throws RunError when this build has no cairo.
std::vector<uint8_t> pdf_bytes(const Drawing& drawing);

}  // namespace lf::figures
