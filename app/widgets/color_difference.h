// How different two colours look, also with colour-blind vision.
#pragma once

#include "widgets/color.h"

namespace lf {

enum class Vision { Normal, Protanopia, Deuteranopia };

/// L*, a*, b* under D65.
struct Lab {
  double l, a, b;
};

/// The colour as seen with this vision (Machado, Oliveira and Fernandes 2009, severity 1), in CIE
/// L*a*b*.
Lab seen_as(Color color, Vision vision);

/// CIEDE2000 difference (Sharma, Wu and Dalal 2005); about 1 is just noticeable side by side.
double color_difference(const Lab& a, const Lab& b);

}  // namespace lf
