// Panels in rows as one figure: the tools of the lab, and the curves and scores of a run.
#pragma once

#include <string>

#include "figures/print/drawing.h"
#include "lab/figure.h"

namespace lf::figures {

/// The heading above the panels; without a title there is none, and no answer.
struct LabHeading {
  std::string title, question;
  std::string remark;  ///< whose answer it is: model, step, seed
};

inline constexpr float kLabWidth = 2000;  ///< units of a lab tool's figure unless a width is named

struct FigureLayout {
  const Palette& palette = kLight;
  float width = kLabWidth;  ///< units
  float height = 0;         ///< units; 0: as the width asks for
};

/// Heading and answer, then the rows of panels; a row that does not fit the width is divided. Throws
/// InputError where there is no panel, and for a height that the panels cannot have.
Drawing draw_lab(const LabHeading& heading, const LabFigure& figure, const FigureLayout& layout = {});

}  // namespace lf::figures
