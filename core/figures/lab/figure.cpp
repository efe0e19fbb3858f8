#include "figures/lab/figure.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "base/classes.h"
#include "base/errors.h"
#include "figures/lab/panels.h"

namespace lf::figures {
namespace {

constexpr float kFigureWidth = 2000, kHeadline = 40, kCardHead = kPad + kTitle + 24;
const files::TextStyle kAnswerStyle{26, kLight.text, files::FontStyle::kRegular, files::Align::kLeft};

/// A card's place and what is in it.
struct Placed {
  Box box;
  const LabPanel* panel;
};

float content_height(const LabPanel& panel, float card_width) {
  const float width = card_width - 2 * kPad;
  return std::visit([&](const auto& content) { return height_of(content, width); }, panel.content);
}

/// All cards from `y` on; moves `y` behind the last row.
std::vector<Placed> placed_cards(const LabFigure& figure, float& y) {
  std::vector<Placed> cards;
  for (const auto& row : figure.rows) {
    if (row.empty()) continue;
    double shares = 0;
    for (const LabPanel& panel : row) shares += panel.width;
    const float room = kFigureWidth - kGap * float(row.size() + 1);
    float x = kGap, height = 0;
    const size_t first = cards.size();
    for (const LabPanel& panel : row) {
      const float width = std::round(room * float(panel.width / shares));
      height = std::max(height, content_height(panel, width));
      cards.push_back({{x, y, width, 0}, &panel});
      x += width + kGap;
    }
    for (size_t i = first; i < cards.size(); ++i) cards[i].box.h = height + kCardHead + kPad;
    y += height + kCardHead + kPad + kGap;
  }
  return cards;
}

/// The remark goes below the title where both do not fit side by side.
void draw_placed(files::Canvas& canvas, const Placed& card) {
  const LabPanel& panel = *card.panel;
  const Box content = draw_card(canvas, card.box, panel.title, panel.remark, kLight);
  std::visit([&](const auto& what) { draw_panel(canvas, content, what); }, panel.content);
}

}  // namespace

std::vector<std::string> wrapped_words(const files::Canvas& canvas, const std::string& text,
                                       const files::TextStyle& style, float width) {
  std::vector<std::string> lines;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const bool fits = !lines.empty() && canvas.text_width(lines.back() + " " + word, style) <= width;
    if (fits)
      lines.back() += " " + word;
    else
      lines.push_back(word);
  }
  return lines;
}

float widest(const files::Canvas& canvas, const std::vector<std::string>& names,
             const files::TextStyle& style) {
  float most = 0;
  for (const auto& name : names) most = std::max(most, canvas.text_width(name, style));
  return most;
}

files::Rgb tone_color(int tone) {
  if (tone >= 0 && tone < kClasses) return kLight.digits[size_t(tone)];
  switch (tone) {
    case kToneText:
      return kLight.text;
    case kToneBlue:
      return kLight.blue;
    case kToneAmber:
      return kLight.amber;
    case kToneGreen:
      return kLight.green;
    case kToneViolet:
      return kLight.violet;
    case kToneRed:
      return kLight.red;
    default:
      return kLight.faint;
  }
}

files::Canvas draw_lab(const LabHeading& heading, const LabFigure& figure) {
  const files::Canvas measure(8, 8);
  const auto answer = wrapped_words(measure, figure.answer, kAnswerStyle, kFigureWidth - 2 * kPad - 2 * kGap);
  const float answer_top = kGap + kPad + kHeadline + 44;
  float y = answer_top + 38 * float(answer.size()) + 8;
  const std::vector<Placed> cards = placed_cards(figure, y);
  if (cards.empty()) throw InputError("the tool " + heading.title + " has nothing to draw");
  files::Canvas canvas(int(kFigureWidth), int(std::ceil(y)), kLight.window);
  const files::TextStyle title{kHeadline, kLight.text, files::FontStyle::kSemibold, files::Align::kLeft};
  const files::TextStyle dim{28, kLight.dim, files::FontStyle::kRegular, files::Align::kLeft};
  const float left = kGap + 4, baseline = kGap + 44;
  canvas.text({left, baseline}, heading.title, title);
  canvas.text({left + canvas.text_width(heading.title, title) + 24, baseline}, heading.question, dim);
  canvas.text({kFigureWidth - kGap - 4, baseline}, heading.remark, body(kLight.dim, files::Align::kRight));
  for (size_t i = 0; i < answer.size(); ++i)
    canvas.text({left, baseline + 52 + 38 * float(i)}, answer[i], kAnswerStyle);
  for (const Placed& card : cards) draw_placed(canvas, card);
  return canvas;
}

}  // namespace lf::figures
