#include "panels/files/figure_rows.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "lab/tools.h"
#include "panels/files/state.h"
#include "protocol/figure_kinds.h"
#include "widgets/control/button.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr const char *kKind = "now.files.figure.kind", *kWidthChoice = "figure.width",
                     *kColours = "figure.palette";

struct ItemFigure {
  const char *item, *kind;  ///< the item's name may go on with a point
};
constexpr ItemFigure kItems[] = {{"plot.loss", "loss"},
                                 {"plot.autoencoder", "autoencoder-loss"},
                                 {"plot.training.rate", "learning-rate"},
                                 {"plot.quality.history", "quality"},
                                 {"grid.flow", "digits"},
                                 {"grid.reconstruction", "reconstructions"},
                                 {"strip.flow", "strip"},
                                 {"map.latent", "map"},
                                 {"map.compare", "compare"},
                                 {"compare.grid", "compare"},
                                 {"plot.sweep", "sweep"}};

struct PageFigures {
  const char* page;
  std::vector<std::string> kinds;
};

const std::vector<PageFigures>& page_figures() {
  static const std::vector<PageFigures> table{
      {kFlowLabPage, {"lab"}},
      {kLatentSpacePage, {"lab", "latent-spread"}},
      {"reconstructions", {"reconstructions"}},
      {"training", {"losses", "loss", "autoencoder-loss", "learning-rate", "loss-by-time"}},
      {"quality", {"quality", "accuracy", "confusion", "classes"}},
      {"compare", {"compare"}},
      {"sweep", {"sweep"}}};
  return table;
}

/// A word on a chip and what it stands for.
struct Choice {
  std::string label, value, meaning;
};

const std::vector<Choice>& widths() {
  static const std::vector<Choice> choices{{"85 mm", "85", "One column of a journal."},
                                           {"170 mm", "170", "Two columns of a journal, or a page."},
                                           {"own width", "", "The figure's own width."}};
  return choices;
}

const std::vector<Choice>& colours() {
  static const std::vector<Choice> choices{
      {"print", "print", "White ground; colours that colour-blind readers can tell apart."},
      {"grey", "grey", "White ground, no colours; curves differ by their dashes."},
      {"screen", "screen", "The dark colours of this window."}};
  return choices;
}

std::string ending_of(const std::string& path) { return std::filesystem::path(path).extension().string(); }

void set_ending(ViewState& view, const std::string& ending) {
  const std::string path = view.text("now.files.path", ""), old = ending_of(path);
  view.set("now.files.path", path.substr(0, path.size() - old.size()) + ending);
}

/// Chips of which one is on; the value that was clicked, or `current`.
std::string choose(const PanelContext& c, Rect& line, const char* name, const std::vector<Choice>& choices,
                   const std::string& current) {
  std::string chosen = current;
  for (const Choice& one : choices) {
    const std::string id = std::string(name) + "." + (one.value.empty() ? "own" : one.value);
    const float width = chip_width(c.ui, one.label);
    if (line.w < width) {
      c.ui.map.add_hidden(id, one.label, "It is shown in wider windows.");
      continue;
    }
    const Rect place = line.take_left(width, c.px(6));
    if (chip(c.ui, {place.x, place.y, place.w, chip_height(c.ui)}, {id, one.label, one.meaning, "", ""},
             one.value == current))
      chosen = one.value;
  }
  line.take_left(c.px(12));
  return chosen;
}

std::string chosen_kind(const ViewState& view) {
  return view.text(kKind, figures_of_page(view.page).front());
}

}  // namespace

std::string figure_of_item(const std::string& item) {
  for (const ItemFigure& one : kItems) {
    const std::string name = one.item;
    if (item == name || item.rfind(name + ".", 0) == 0) return one.kind;
  }
  return "";
}

std::vector<std::string> figures_of_page(const std::string& page) {
  for (const PageFigures& one : page_figures())
    if (page == one.page) return one.kinds;
  return {"losses", "loss", "autoencoder-loss", "digits", "strip", "map", "trajectories", "reconstructions"};
}

void open_figure_panel(ViewState& view, const std::string& kind) {
  open_files_panel(view, FilesMode::Figure);
  const std::string chosen = kind.empty() ? figures_of_page(view.page).front() : kind;
  view.set(kKind, chosen);
  view.set("now.files.path", chosen + ".pdf");
}

void follow_right_click(const PanelContext& c) {
  if (!ImGui::IsMouseClicked(1) || c.view.files || c.view.help || c.view.about) return;
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  std::string kind;
  float smallest = 1e30f;
  for (const auto& [name, item] : c.ui.map.items()) {
    const std::string known = item.visible && item.rect.contains(mouse) ? figure_of_item(name) : "";
    if (known.empty() || item.rect.w * item.rect.h >= smallest) continue;
    smallest = item.rect.w * item.rect.h;
    kind = known;
  }
  const float* tool = c.view.tool_area;
  const bool lab = c.view.page == kFlowLabPage || c.view.page == kLatentSpacePage;
  if (lab && Rect{tool[0], tool[1], tool[2], tool[3]}.contains(mouse)) kind = "lab";
  if (!kind.empty()) open_figure_panel(c.view, kind);
}

float figure_rows_height(const PanelContext& c) {
  return files_mode(c.view) == FilesMode::Figure ? 2 * (chip_height(c.ui) + c.px(10)) : 0;
}

void draw_figure_rows(const PanelContext& c) {
  Rect area = c.area;
  Rect first = area.take_top(chip_height(c.ui), c.px(10)), second = area.take_top(chip_height(c.ui));
  std::vector<Choice> kinds, formats;
  std::vector<std::string> ids = figures_of_page(c.view.page);
  const std::string kind = chosen_kind(c.view);
  if (std::find(ids.begin(), ids.end(), kind) == ids.end()) ids.insert(ids.begin(), kind);
  for (const std::string& id : ids) kinds.push_back({id, id, "Shows the " + figure_kind(id).content + "."});
  const std::string picked = choose(c, first, "files.figure", kinds, kind);
  if (picked != kind) {
    c.view.set(kKind, picked);
    c.view.set("now.files.path", picked + ending_of(c.view.text("now.files.path", "x.pdf")));
  }
  formats = {{"PDF", ".pdf", "Vector graphics with fonts: for papers and print."},
             {"SVG", ".svg", "Vector graphics with text as text: for web pages and editors."},
             {"PNG", ".png", "Pixels."},
             {"CSV", ".csv", "The numbers, with a header."}};
  const std::string ending = ending_of(c.view.text("now.files.path", ""));
  const std::string format = choose(c, second, "files.format", formats, ending);
  if (format != ending) set_ending(c.view, format);
  c.view.set(kWidthChoice, choose(c, second, "files.width", widths(), c.view.text(kWidthChoice, "85")));
  c.view.set(kColours, choose(c, second, "files.palette", colours(), c.view.text(kColours, "print")));
}

Command figure_command(const ViewState& view, const std::string& path) {
  FigureCommand command;
  command.kind = chosen_kind(view);
  command.file = path;
  command.palette = view.text(kColours, "print");
  command.width = std::atof(view.text(kWidthChoice, "85").c_str());
  const FigureKind& kind = figure_kind(command.kind);
  if (kind.needs == FigureKind::Needs::Flow || kind.needs == FigureKind::Needs::Map)
    command.t = static_cast<double>(view.t);
  return command;
}

}  // namespace lf::app::panels
