// Drawing of text and numbers. Changing numbers use a monospaced face or a box of fixed width, so
// that nothing beside them jumps.
#pragma once

#include <cstdint>
#include <string>

#include "base/number_text.h"
#include "widgets/ui.h"

namespace lf::app::widgets {

enum class Align { Left, Center, Right };

/// Width and height of one line.
ImVec2 text_size(const Ui& ui, Type type, const std::string& text);

/// One line inside `box`, vertically centred, shortened with '…' if it does not fit. Returns the
/// width used.
float draw_text(const Ui& ui, const Rect& box, Type type, Color colour, const std::string& text,
                Align align = Align::Left);

/// Several lines wrapped at the width of `box`, from its top; clipped at its bottom. Returns the height used.
float draw_paragraph(const Ui& ui, const Rect& box, Type type, Color colour, const std::string& text);
/// The same with every line centred.
float draw_centred(const Ui& ui, const Rect& box, Type type, Color colour, const std::string& text);
/// The height draw_paragraph would use.
float paragraph_height(const Ui& ui, float width, Type type, const std::string& text);

/// `text` shortened to `width` with '…'.
std::string elide(const Ui& ui, Type type, const std::string& text, float width);

/// 1404 -> "1,404".
std::string grouped(int64_t number);
/// "0:37", "2:05", "1:02:03"
std::string clock_text(double seconds);
/// "37 s", "2 min", "1 h 5 min"
std::string duration_text(double seconds);
/// "a 3", "an 8".
std::string digit_with_article(int digit);
/// With a capital and a full stop.
std::string sentence_case(std::string text);
/// "1 step", "1,404 steps".
std::string counted(int64_t count, const std::string& noun);
/// 6100 per second -> "6.1 k/s".
std::string rate_text(double per_second);

}  // namespace lf::app::widgets
