#include "figures/panels/figure.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "base/classes.h"
#include "base/errors.h"
#include "base/number_text.h"
#include "figures/panels/panels.h"

namespace lf::figures {
namespace {

constexpr float kHeadline = 40, kQuestion = kTitle - 2, kSubline = 34, kLeastPanel = 560;

/// The parts of the page that depend on the palette: cards need room around and inside.
struct Margins {
  float gap, pad;
};

Margins margins_of(const Palette& palette) { return palette.cards ? Margins{kGap, kPad} : Margins{12, 8}; }

/// A card's place and what is in it.
struct Placed {
  Box box;
  const LabPanel* panel;
};

float content_height(const LabPanel& panel, float width) {
  return std::visit([&](const auto& content) { return height_of(content, width); }, panel.content);
}

bool has_height_of_choice(const LabPanel& panel) { return std::holds_alternative<LabPlot>(panel.content); }

/// The rows of a page of this width: panels that would be too narrow follow each other.
std::vector<std::vector<const LabPanel*>> fitting_rows(const LabFigure& figure, float width) {
  std::vector<std::vector<const LabPanel*>> rows;
  for (const auto& row : figure.rows) {
    double shares = 0, least = 1e9;
    for (const LabPanel& panel : row) shares += panel.width, least = std::min(least, panel.width);
    const bool fits = row.size() < 2 || least / shares * double(width) >= double(kLeastPanel);
    if (fits && !row.empty()) rows.emplace_back();
    for (const LabPanel& panel : row) {
      if (!fits) rows.emplace_back();
      rows.back().push_back(&panel);
    }
  }
  return rows;
}

/// All cards from `y` on; moves `y` behind the last row. Rows with plots get `extra` height.
std::vector<Placed> placed_cards(const std::vector<std::vector<const LabPanel*>>& rows, Margins m, float page,
                                 float extra, float& y) {
  std::vector<Placed> cards;
  for (const auto& row : rows) {
    double shares = 0;
    for (const LabPanel* panel : row) shares += panel->width;
    const float room = page - m.gap * float(row.size() + 1);
    float x = m.gap, height = 0;
    bool stretches = false;
    const size_t first = cards.size();
    for (const LabPanel* panel : row) {
      const float width = std::round(room * float(panel->width / shares)), inner = width - 2 * m.pad;
      height = std::max(height,
                        content_height(*panel, inner) + card_head(inner, panel->title, panel->remark, m.pad));
      stretches = stretches || has_height_of_choice(*panel);
      cards.push_back({{x, y, width, 0}, panel});
      x += width + m.gap;
    }
    height += m.pad + (stretches ? extra : 0);
    for (size_t i = first; i < cards.size(); ++i) cards[i].box.h = height;
    y += height + m.gap;
  }
  return cards;
}

/// How many more units each row with plots gets, so that the figure has the height that was asked for.
float extra_height(const std::vector<std::vector<const LabPanel*>>& rows, float natural, float wanted) {
  if (wanted <= 0) return 0;
  constexpr float kLeastPlot = 190, kPlot = 520;
  int plots = 0;
  for (const auto& row : rows)
    plots += std::any_of(row.begin(), row.end(), [](const LabPanel* p) { return has_height_of_choice(*p); });
  if (plots == 0)
    throw InputError(
        "figure: height applies only to figures with plots; the height of others follows from "
        "the width");
  const float extra = (wanted - natural) / float(plots);
  if (extra < kLeastPlot - kPlot)
    throw InputError("figure: a height of " + fixed(double(wanted) * kMmPerUnit, 0) +
                     " mm is too small; this figure needs at least " +
                     fixed(double(natural + float(plots) * (kLeastPlot - kPlot)) * kMmPerUnit + 0.5, 0) +
                     " mm");
  return extra;
}

/// The lines above the cards; nothing without a title. Draws on `canvas` unless it is null; returns their
/// end.
float draw_heading(Drawing* canvas, const Palette& palette, Margins m, float page, const LabHeading& heading,
                   const std::string& answer) {
  if (heading.title.empty()) return m.gap;
  const files::TextStyle title{kHeadline, palette.text, files::FontStyle::kSemibold, files::Align::kLeft};
  const files::TextStyle dim{kQuestion, palette.dim, files::FontStyle::kRegular, files::Align::kLeft};
  const files::TextStyle found{26, palette.text, files::FontStyle::kRegular, files::Align::kLeft};
  const float left = m.gap + 4, width = page - 2 * left, titled = text_width(heading.title, title) + 24,
              asked = text_width(heading.question, dim),
              remarked = text_width(heading.remark, body(palette.dim));
  const auto write = [&](float x, float y, const std::string& words, const files::TextStyle& style) {
    if (canvas) canvas->text({x, y}, words, style);
  };
  float y = m.gap + 44;
  write(left, y, heading.title, title);
  const bool one_line = titled + asked + 40 + remarked <= width;
  if (one_line) {
    write(left + titled, y, heading.question, dim);
    write(page - left, y, heading.remark, body(palette.dim, files::Align::kRight));
  } else {
    for (const auto& line : wrapped_words(heading.question, dim, width))
      write(left, y += kSubline + 6, line, dim);
    for (const auto& line : wrapped_words(heading.remark, body(palette.dim), width))
      write(left, y += kSubline, line, body(palette.dim));
  }
  y += 14;
  for (const auto& line : wrapped_words(answer, found, width)) write(left, y += 38, line, found);
  return y + 26;
}

void draw_placed(Drawing& canvas, const Placed& card, float pad) {
  const LabPanel& panel = *card.panel;
  const Box content = draw_card(canvas, card.box, panel.title, panel.remark, pad);
  std::visit([&](const auto& what) { draw_panel(canvas, content, what); }, panel.content);
}

}  // namespace

std::vector<std::string> wrapped_words(const std::string& text, const files::TextStyle& style, float width) {
  std::vector<std::string> lines;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const bool fits = !lines.empty() && text_width(lines.back() + " " + word, style) <= width;
    if (fits)
      lines.back() += " " + word;
    else
      lines.push_back(word);
  }
  return lines;
}

float widest(const std::vector<std::string>& names, const files::TextStyle& style) {
  float most = 0;
  for (const auto& name : names) most = std::max(most, text_width(name, style));
  return most;
}

files::Rgb tone_color(const Palette& palette, int tone) {
  if (tone >= 0 && tone < kClasses) return palette.digits[size_t(tone)];
  switch (tone) {
    case kToneText:
      return palette.text;
    case kToneBlue:
      return palette.blue;
    case kToneAmber:
      return palette.amber;
    case kToneGreen:
      return palette.green;
    case kToneViolet:
      return palette.violet;
    case kToneRed:
      return palette.red;
    default:
      return palette.faint;
  }
}

Drawing draw_lab(const LabHeading& heading, const LabFigure& figure, const FigureLayout& layout) {
  const Palette& palette = layout.palette;
  const Margins m = margins_of(palette);
  const float top = draw_heading(nullptr, palette, m, layout.width, heading, figure.answer);
  const auto rows = fitting_rows(figure, layout.width);
  float natural = top, y = top;
  placed_cards(rows, m, layout.width, 0, natural);
  const float extra = extra_height(rows, natural, layout.height);
  const std::vector<Placed> cards = placed_cards(rows, m, layout.width, extra, y);
  if (cards.empty()) throw InputError("the figure " + heading.title + " has nothing to draw");
  Drawing canvas(layout.width, std::ceil(y), palette);
  canvas.title = heading.title.empty() ? cards.front().panel->title : heading.title;
  draw_heading(&canvas, palette, m, layout.width, heading, figure.answer);
  for (const Placed& card : cards) draw_placed(canvas, card, m.pad);
  return canvas;
}

}  // namespace lf::figures
