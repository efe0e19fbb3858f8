#include "panels/compare/models.h"

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "protocol/mean_deviation.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

constexpr const char* kCompared = "now.runs.compared";  ///< switch: the folders, a line each

}  // namespace

Color compared_colour(const Theme& theme, size_t index) {
  const Color colours[kMostCompared] = {theme.flow, theme.data, theme.autoencoder, theme.noise};
  return colours[index % kMostCompared];
}

std::vector<std::string> compared_folders(const ViewState& view, const Snapshot& snapshot) {
  std::vector<std::string> folders;
  if (view.switches.count(kCompared) == 0) {
    for (const ComparedModel& model : snapshot.compare->models) folders.push_back(model.path);
    return folders;
  }
  std::istringstream lines(view.text(kCompared, ""));
  for (std::string line; std::getline(lines, line);) folders.push_back(line);
  return folders;
}

bool is_compared(const ViewState& view, const Snapshot& snapshot, const std::string& folder) {
  const auto folders = compared_folders(view, snapshot);
  return std::find(folders.begin(), folders.end(), folder) != folders.end();
}

CompareRunsCommand toggle_compared(ViewState& view, const Snapshot& snapshot, const std::string& folder) {
  std::vector<std::string> folders = compared_folders(view, snapshot);
  const auto found = std::find(folders.begin(), folders.end(), folder);
  if (found != folders.end())
    folders.erase(found);
  else if (folders.size() < kMostCompared)
    folders.push_back(folder);
  else
    folders.back() = folder;
  return compare_folders(view, folders);
}

CompareRunsCommand compare_folders(ViewState& view, std::vector<std::string> folders) {
  if (folders.size() > kMostCompared) folders.resize(kMostCompared);
  std::string lines;
  for (const auto& folder : folders) lines += folder + "\n";
  view.set(kCompared, lines);
  folders.resize(kMostCompared);
  return {folders[0], folders[1], folders[2], folders[3]};
}

Command dropped_command(ViewState& view, const Snapshot& snapshot, const std::string& path) {
  if (view.page != "compare" || is_compared(view, snapshot, path)) return OpenCommand{path};
  return toggle_compared(view, snapshot, path);
}

std::string compared_score(const ComparedModel& model) {
  if (!model.fd.empty()) return "FD " + mean_text(model.fd, 1, 2, "%");
  return model.score.valid ? "FD " + fixed(model.score.fd, 2) + " %" : "";
}

void draw_compared_name(const PanelContext& c, Rect line, size_t index, const std::string& remark) {
  const ComparedModel& model = c.snapshot.compare->models[index];
  const Rect dot = line.take_left(c.px(10), c.px(6));
  draw()->AddCircleFilled(dot.center(), c.px(5), compared_colour(c.theme(), index));
  const float used = draw_text(c.ui, line, Type::Body, c.theme().text, model.name);
  line.take_left(used, c.px(10));
  if (line.w > c.px(40)) draw_text(c.ui, line, Type::Small, c.theme().text2, remark);
}

size_t other_model(const PanelContext& c) {
  const size_t count = c.snapshot.compare->models.size();
  const auto chosen = static_cast<size_t>(std::max(1, std::atoi(c.view.text("compare.other", "1").c_str())));
  return count < 2 ? 0 : std::min(chosen, count - 1);
}

}  // namespace lf::app::panels
