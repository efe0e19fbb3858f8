#include "widgets/text/text.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <sstream>

#include "base/time_text.h"
#include "widgets/text/wrapping.h"

namespace lf::app::widgets {

ImVec2 text_size(const Ui& ui, Type type, const std::string& text) {
  const Face& face = ui.fonts[type];
  return face.font->CalcTextSizeA(face.size, 1e9f, 0, text.data(), text.data() + text.size());
}

float draw_text(const Ui& ui, const Rect& box, Type type, Color colour, const std::string& text,
                Align align) {
  const std::string shown = elide(ui, type, text, box.w);
  const ImVec2 size = text_size(ui, type, shown);
  const float room = align == Align::Left ? 0 : (box.w - size.x) * (align == Align::Center ? 0.5f : 1.0f);
  const ImVec2 at{std::floor(box.x + std::max(0.0f, room)), std::floor(box.y + 0.5f * (box.h - size.y))};
  const Face& face = ui.fonts[type];
  draw()->AddText(face.font, face.size, at, colour, shown.data(), shown.data() + shown.size());
  return size.x;
}

float draw_paragraph(const Ui& ui, const Rect& box, Type type, Color colour, const std::string& text) {
  const Face& face = ui.fonts[type];
  const ImVec4 clip{box.x, box.y, box.right(), box.bottom()};
  float y = box.y;
  for (const std::string& line : wrapped_lines(ui, type, text, box.w)) {
    draw()->AddText(face.font, face.size, {box.x, y}, colour, line.data(), line.data() + line.size(), 0,
                    &clip);
    y += face.size;
  }
  return y - box.y;
}

float draw_centred(const Ui& ui, const Rect& box, Type type, Color colour, const std::string& text) {
  const float height = text_size(ui, type, "X").y;
  float y = box.y;
  std::string line;
  const auto put = [&] {
    draw_text(ui, {box.x, y, box.w, height}, type, colour, line, Align::Center);
    y += height;
  };
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const std::string longer = line.empty() ? word : line + " " + word;
    if (line.empty() || text_size(ui, type, longer).x <= box.w) {
      line = longer;
      continue;
    }
    put();
    line = word;
  }
  put();
  return y - box.y;
}

float paragraph_height(const Ui& ui, float width, Type type, const std::string& text) {
  return static_cast<float>(wrapped_lines(ui, type, text, width).size()) * ui.fonts[type].size;
}

std::string elide(const Ui& ui, Type type, const std::string& text, float width) {
  if (text_size(ui, type, text).x <= width + 0.5f) return text;
  std::string cut = text;
  while (!cut.empty()) {
    do cut.pop_back();
    while (!cut.empty() && (static_cast<unsigned char>(cut.back()) & 0xC0) == 0x80);
    if (!cut.empty() && (static_cast<unsigned char>(cut.back()) & 0xC0) == 0xC0) cut.pop_back();
    const std::string shown = cut + "…";
    if (text_size(ui, type, shown).x <= width) return shown;
  }
  return "";
}

std::string grouped(int64_t number) {
  return number < 0 ? "−" + with_thousands(-number) : with_thousands(number);
}

std::string clock_text(double seconds) {
  const int64_t s = static_cast<int64_t>(std::max(0.0, seconds));
  char text[48];
  if (s < 3600) {
    std::snprintf(text, sizeof text, "%d:%02d", static_cast<int>(s / 60), static_cast<int>(s % 60));
  } else {
    std::snprintf(text, sizeof text, "%d:%02d:%02d", static_cast<int>(s / 3600),
                  static_cast<int>(s / 60 % 60), static_cast<int>(s % 60));
  }
  return text;
}

std::string digit_with_article(int digit) { return (digit == 8 ? "an " : "a ") + std::to_string(digit); }

std::string counted(int64_t count, const std::string& noun) {
  return grouped(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string duration_text(double seconds) {
  const int64_t s = static_cast<int64_t>(std::lround(std::max(0.0, seconds)));
  if (s < 90) return std::to_string(s) + " s";
  if (s < 5400) return std::to_string((s + 30) / 60) + " min";
  if (s < 2 * 86400) return std::to_string(s / 3600) + " h " + std::to_string(s / 60 % 60) + " min";
  return std::to_string(s / 86400) + " d " + std::to_string(s / 3600 % 24) + " h";
}

std::string rate_text(double per_second) {
  if (per_second >= 1000) return fixed(per_second / 1000, per_second >= 99950 ? 0 : 1) + " k/s";
  return fixed(per_second, per_second >= 9.95 ? 0 : 1) + " /s";
}

std::string sentence_case(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text + ".";
}

}  // namespace lf::app::widgets
