#include "panels/reconstructions/grid.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/classes.h"
#include "panels/reconstructions/reconstructions_text.h"
#include "widgets/control/combo.h"
#include "widgets/control/scroll.h"
#include "widgets/control/slider.h"
#include "widgets/text/text.h"
#include "widgets/text/wrap_line.h"

namespace lf::app::panels {
namespace {

constexpr float kLine = 24, kInner = 2, kGap = 16, kCaption = 18;

/// Requests another page and selects the digit at index `selected` of it.
void choose(const PanelContext& c, InspectCommand command, int64_t selected = 0) {
  c.view.set("now.reconstructions.selected", std::to_string(selected));
  c.send(std::move(command));
}

void draw_split(const PanelContext& c, WrapLine& line) {
  InspectCommand command = inspect_again(*c.snapshot.reconstruction);
  for (const std::string split : {"test", "train"}) {
    const ControlInfo info{
        "reconstructions.split." + split, split,
        split == "test" ? "Digits that were not used in training." : "Digits that were used in training.", "",
        ""};
    const bool on = command.split == split;
    if (chip(c.ui, line.next(chip_width(c.ui, split)), info, on) && !on) {
      command.split = split;
      command.offset = 0;
      choose(c, command);
    }
  }
}

void draw_order(const PanelContext& c, WrapLine& line) {
  InspectCommand command = inspect_again(*c.snapshot.reconstruction);
  const bool worst = command.order == "worst";
  const ControlInfo info{"reconstructions.order", "worst first",
                         "Sorts by error, largest first. Off: in the order of the file.", command.order, ""};
  if (!chip(c.ui, line.next(chip_width(c.ui, info.label)), info, worst)) return;
  command.order = worst ? "first" : "worst";
  command.offset = 0;
  choose(c, command);
}

void draw_digit(const PanelContext& c, WrapLine& line) {
  InspectCommand command = inspect_again(*c.snapshot.reconstruction);
  std::vector<MenuRow> rows{{"all", "every digit", "", ""}};
  for (int d = 0; d < kClasses; ++d)
    rows.push_back({std::to_string(d), "digit " + std::to_string(d), "", ""});
  const std::string shown = rows[static_cast<size_t>(command.digit + 1)].label;
  const ControlInfo info{"reconstructions.digit", shown, "Shows one class only.", shown, ""};
  const Rect place = line.next(chip_width(c.ui, "every digit") + c.px(16));
  const int picked = combo(c.ui, place, info, rows, command.digit + 1, true);
  if (picked < 0) return;
  command.digit = picked - 1;
  command.offset = 0;
  choose(c, command);
}

void draw_paging(const PanelContext& c, WrapLine& line) {
  const ReconstructionBlock& block = *c.snapshot.reconstruction;
  const int64_t shown = static_cast<int64_t>(block.labels.size());
  const std::string at_start = block.offset > 0 ? "" : "This is the first page.";
  const std::string at_end = block.offset + shown < block.available ? "" : "This is the last page.";
  const ControlInfo back{"reconstructions.previous", "Previous page", "Shows the digits before these.", "",
                         at_start};
  const ControlInfo on{"reconstructions.next", "Next page", "Shows the digits after these.", "", at_end};
  if (icon_button(c.ui, line.next(c.px(kLine)), Icon::Previous, back)) choose(c, turn_page(block, -1));
  const Rect place = line.next(text_size(c.ui, Type::MonoSmall, "59,941–60,000 of 60,000").x);
  readout(c.ui, place,
          {"reconstructions.range", "Shown",
           "Positions of the digits shown, among those that match the filter.", range_text(block), ""});
  draw_text(c.ui, place, Type::MonoSmall, c.theme().text2, range_text(block), Align::Center);
  if (icon_button(c.ui, line.next(c.px(kLine)), Icon::Next, on)) choose(c, turn_page(block, 1));
}

void draw_index(const PanelContext& c, WrapLine& line) {
  const ReconstructionBlock& block = *c.snapshot.reconstruction;
  const RunBlock& run = *c.snapshot.run;
  const bool train = block.split == "train";
  const int64_t count = train ? run.train_count : run.test_count;
  const size_t at = static_cast<size_t>(selected_reconstruction(c));
  double value = at < block.index.size() ? block.index[at] : 0;
  const std::string word = train ? "train digit" : "test digit";
  const float words = text_size(c.ui, Type::Small, word).x + 1;
  Rect place = line.next(words + c.px(8 + 84));
  draw_text(c.ui, place.take_left(words, c.px(8)), Type::Small, c.theme().text2, word);
  NumberSpec spec;
  spec.info = {"reconstructions.index", "Index", "Position of a digit in the file: drag, or click and type.",
               std::to_string(static_cast<int64_t>(value)), count > 0 ? "" : "The data is still being read."};
  spec.value = value;
  spec.high = static_cast<double>(std::max<int64_t>(1, count) - 1);
  spec.integer = true;
  if (!number_field(c.ui, place, spec, value)) return;
  InspectCommand command = inspect_again(block);
  command.order = "first";
  command.digit = -1;
  // Its whole page, as when paging: the last digit alone would leave the panels empty.
  const int64_t index = static_cast<int64_t>(value);
  command.offset = page_start(index);
  choose(c, command, index - command.offset);
}

/// Layout of the triples: columns that fill the width.
struct TripleGrid {
  int columns = 1;
  float tile = 0, width = 0, step = 0, gap = 0;
  Rect cell(const Rect& room, int i) const {
    return {room.x + static_cast<float>(i % columns) * (width + gap),
            room.y + static_cast<float>(i / columns) * step, width, step - gap};
  }
};

TripleGrid triples_for(const PanelContext& c, float width) {
  TripleGrid grid;
  grid.gap = c.px(kGap);
  const float wanted = 3 * c.px(50) + 2 * c.px(kInner);
  grid.columns = std::max(1, static_cast<int>((width + grid.gap) / (wanted + grid.gap)));
  grid.width = (width - static_cast<float>(grid.columns - 1) * grid.gap) / static_cast<float>(grid.columns);
  grid.tile = std::floor((grid.width - 2 * c.px(kInner)) / 3);
  grid.step = grid.tile + c.px(kCaption + 4) + c.px(8);
  return grid;
}

bool draw_triple(const PanelContext& c, const TripleGrid& grid, const Rect& cell, size_t i) {
  const ReconstructionBlock& block = *c.snapshot.reconstruction;
  const std::string psnr = i < block.mse.size() ? fixed(psnr_of(block.mse[i]), 1) + " dB" : "";
  const ControlInfo info{
      "reconstructions.digit." + std::to_string(i), "Digit " + std::to_string(block.labels[i]),
      "Original, reconstruction, difference. Click to keep it in the large view.", psnr, ""};
  const Response response = control(c.ui, cell, info);
  if (response.clicked) c.view.set("now.reconstructions.selected", std::to_string(i));
  const bool selected = selected_reconstruction(c) == static_cast<int>(i);
  Rect tile{cell.x, cell.y, grid.tile, grid.tile};
  const float step = grid.tile + c.px(kInner);
  const int label = block.labels[i];
  digit_tile(c.ui, tile, c.cache.originals, i, {label});
  tile.x += step;
  digit_tile(c.ui, tile, c.cache.reconstructions, i, {label});
  tile.x += step;
  difference_tile(c.ui, tile, c.cache.differences, i);
  if (selected || response.hovered) {
    const Rect frame = Rect{cell.x, cell.y, 3 * grid.tile + 2 * c.px(kInner), grid.tile}.inset(-c.px(2));
    draw()->AddRect(frame.min(), frame.max(), selected ? c.theme().accent : c.theme().text2, c.px(7), 0,
                    selected ? c.px(2) : 1.0f);
  }
  const Rect caption{cell.x, cell.y + grid.tile + c.px(3), grid.width, c.px(kCaption)};
  const std::string index = i < block.index.size() ? "#" + std::to_string(block.index[i]) : "";
  draw_text(c.ui, caption, Type::MonoSmall, c.theme().text2, index);
  draw_text(c.ui, caption, Type::MonoSmall, c.theme().text2, psnr, Align::Right);
  return response.hovered;
}

}  // namespace

int selected_reconstruction(const PanelContext& c) {
  const int shown = static_cast<int>(c.snapshot.reconstruction->labels.size());
  return std::clamp(std::atoi(c.view.text("now.reconstructions.selected", "0").c_str()), 0,
                    std::max(0, shown - 1));
}

float draw_reconstruction_controls(const PanelContext& c) {
  WrapLine line(c.area, c.px(kLine), c.px(8));
  draw_split(c, line);
  draw_order(c, line);
  draw_digit(c, line);
  draw_paging(c, line);
  draw_index(c, line);
  return line.height();
}

int draw_reconstruction_grid(const PanelContext& c) {
  const int count = static_cast<int>(c.snapshot.reconstruction->labels.size());
  int hovered = -1;
  scroll_area(c.ui, c.area, "reconstructions.grid", [&](const Rect& room) {
    const TripleGrid grid = triples_for(c, room.w - c.px(4));
    const Rect inner{room.x + c.px(2), room.y + c.px(3), room.w - c.px(4), room.h};
    for (int i = 0; i < count; ++i) {
      if (draw_triple(c, grid, grid.cell(inner, i), static_cast<size_t>(i))) hovered = i;
    }
    return static_cast<float>((count + grid.columns - 1) / grid.columns) * grid.step + c.px(3);
  });
  return hovered;
}

}  // namespace lf::app::panels
