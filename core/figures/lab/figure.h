// A tool's answer of the lab as one image, on a light ground for papers and slides.
#pragma once

#include <string>

#include "files/image/canvas.h"
#include "lab/figure.h"

namespace lf::figures {

/// The heading above the panels.
struct LabHeading {
  std::string title, question;
  std::string remark;  ///< whose answer it is: model, step, seed
};

/// Heading and answer, then the rows of panels, each in a card. Throws InputError where there is no panel.
files::Canvas draw_lab(const LabHeading& heading, const LabFigure& figure);

}  // namespace lf::figures
