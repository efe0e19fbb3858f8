#include "panels/lab/lab_page.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "panels/actions.h"
#include "panels/lab/choice.h"
#include "panels/lab/panels.h"
#include "panels/page_scroll.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

void draw_tool(const PanelContext& c, const std::string& id) {
#define LF_DRAW(name) \
  if (id == lab_tool_id(#name)) return draw_lab_##name(c);
  LF_LAB_TOOLS(LF_DRAW)
#undef LF_DRAW
}

ControlInfo tool_info(const LabToolInfo& tool, bool chosen) {
  return {std::string("lab.tool.") + tool.id, tool.name, tool.tooltip, chosen ? "on" : "off", ""};
}

constexpr const char* kSavePicture = "Save image";
constexpr const char* kSaveNumbers = "Save numbers";
constexpr double kSavedShown = 2;  ///< seconds for which a saved image is announced

float saving_width(const PanelContext& c) {
  return chip_width(c.ui, kSavePicture) + chip_width(c.ui, kSaveNumbers) + c.px(6);
}

/// Both are saved where exports are: in the run's folder, else the current one.
void draw_saving(const PanelContext& c, Rect line) {
  const LabBlock& lab = *c.snapshot.lab;
  const std::string none = lab.tool.empty() || lab.version == 0 ? "The tool has no result yet." : "";
  const std::string stem = export_stem(c.snapshot.run->run_folder, lab.tool);
  const double since = c.ui.time - std::strtod(c.view.text("now.lab.saved", "-9").c_str(), nullptr);
  const bool just_saved = since >= 0 && since < kSavedShown;
  if (just_saved) c.ui.wake_after(kSavedShown - since);
  if (chip(c.ui, line.take_left(chip_width(c.ui, kSavePicture), c.px(6)),
           {"lab.save.picture", just_saved ? "Saved" : kSavePicture,
            "Writes " + stem + ".png: an image of the tool as shown.", "", none},
           false, false) &&
      none.empty())
    c.view.picture_wanted = stem + ".png";
  if (chip(
          c.ui, line.take_left(chip_width(c.ui, kSaveNumbers)),
          {"lab.save.numbers", kSaveNumbers,
           "Writes " + stem + ".csv: the numbers behind the images, with names in the first line.", "", none},
          false, false) &&
      none.empty())
    c.send(ExportCommand{stem + ".csv"});
}

/// One line of the list: the name, and the subtitle below it.
void draw_row(const PanelContext& c, const Rect& row, const LabToolInfo& tool, bool chosen) {
  const Theme& t = c.theme();
  const Response r = control(c.ui, row, tool_info(tool, chosen));
  if (chosen || r.hovered)
    draw()->AddRectFilled(row.min(), row.max(), chosen ? fade(t.accent, 0.22f) : t.raised, c.px(6));
  if (chosen) draw()->AddRectFilled(row.min(), {row.x + c.px(3), row.bottom()}, t.accent, c.px(2));
  Rect words = row.inset(c.px(12), c.px(5));
  draw_text(c.ui, words.take_top(c.px(19)), Type::Strong, t.text, tool.name);
  draw_text(c.ui, words, Type::Small, t.text2, tool.question);
  if (r.clicked) choose_lab_tool(c, tool);
}

/// Wide enough for every subtitle.
float list_width(const PanelContext& c, const std::string& page) {
  float words = c.px(178);
  for (const LabToolInfo* tool : lab_tools_of(page))
    words = std::max(words, text_size(c.ui, Type::Small, tool->question).x);
  return std::ceil(words) + c.px(48);
}

void draw_list(const PanelContext& c, const std::string& page, const char* title) {
  const LabToolInfo& chosen = chosen_lab_tool(c, page);
  const auto tools = lab_tools_of(page);
  Rect body = card(c.ui, c.area, {"lab.list", title, "interactive experiments", "", {}}).body;
  body = body.inset(-c.px(4), 0);
  const Rect saving = body.take_bottom(chip_height(c.ui));
  const float fits = body.h / static_cast<float>(tools.size());
  const float row = std::min(c.px(46), std::floor(fits) - c.px(2)), gap = std::min(c.px(4), fits - row);
  for (const LabToolInfo* tool : tools) draw_row(c, body.take_top(row, gap), *tool, tool == &chosen);
  draw_saving(c, saving);
}

/// In small windows the list is rows of chips, as many as needed; returns their height.
float draw_chips(const PanelContext& c, const std::string& page) {
  const LabToolInfo& chosen = chosen_lab_tool(c, page);
  const float height = chip_height(c.ui), gap = c.px(6);
  Rect line{c.area.x, c.area.y, c.area.w, height};
  const auto place = [&](float width) {
    if (line.w < width) line = {c.area.x, line.bottom() + gap, c.area.w, height};
    return line.take_left(width, gap);
  };
  for (const LabToolInfo* tool : lab_tools_of(page)) {
    const bool on = tool == &chosen;
    if (chip(c.ui, place(chip_width(c.ui, tool->name)), tool_info(*tool, on), on)) choose_lab_tool(c, *tool);
  }
  draw_saving(c, place(saving_width(c)));
  return line.bottom() - c.area.y;
}

}  // namespace

/// The list at the left or above, the selected tool beside it.
static void draw_tools(const PanelContext& c, const std::string& page, const char* title) {
  Rect area = c.area;
  if (c.area.w / c.ui.scale >= 1000)
    draw_list(c.within(area.take_left(list_width(c, page), c.px(12))), page, title);
  else
    area.take_top(draw_chips(c, page), c.px(8));
  c.view.tool_area[0] = area.x, c.view.tool_area[1] = area.y;
  c.view.tool_area[2] = area.w, c.view.tool_area[3] = area.h;
  if (lab_untrained(c)) return draw_lab_untrained(c.within(area));
  const std::string id = chosen_lab_tool(c, page).id;
  // Tools stack their cards where they are narrow, which needs more height than a small window has.
  const bool narrow = area.w / c.ui.scale < 820;
  page_scroll(c.within(area), "lab." + id + ".scroll", narrow ? 700 : 340,
              [&](const PanelContext& tool) { draw_tool(tool, id); });
}

void draw_lab_page(const PanelContext& c) { draw_tools(c, "flow-lab", "Flow lab"); }
void draw_latent_page(const PanelContext& c) { draw_tools(c, "latent-space", "Latent space"); }

}  // namespace lf::app::panels
