// Line breaks for paragraphs: ImGui would break inside a number such as 1,000.
#pragma once

#include <string>
#include <vector>

#include "widgets/ui.h"

namespace lf::app::widgets {

/// `text` in lines of at most `width` real pixels, broken at spaces only, so that figures like 1,000 and
/// names like model.safetensors stay whole; a word wider than the line is cut between letters. '\n' begins a
/// line.
std::vector<std::string> wrapped_lines(const Ui& ui, Type type, const std::string& text, float width);

}  // namespace lf::app::widgets
