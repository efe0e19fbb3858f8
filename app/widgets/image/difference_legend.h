// Explains the colours of the difference images that atlas.h draws.
#pragma once

#include <string>

#include "widgets/control/control.h"

namespace lf::app::widgets {

/// The colours of a signed difference with their meaning: negative – surface – positive.
void difference_legend(Ui& ui, const Rect& rect, const std::string& name, const std::string& negative_word,
                       const std::string& positive_word);

}  // namespace lf::app::widgets
