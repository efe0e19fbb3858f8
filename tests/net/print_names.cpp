// Prints as JSON the names of all controls: of every page, every lab tool and every overlay, drawn
// without a window for each fake. tools/safety_net.py compares them with those of an older build,
// because scripts and external tests find controls by these names.
#include <cstdio>
#include <functional>
#include <nlohmann/json.hpp>

#include "app/user_state.h"
#include "fake_snapshots.h"
#include "headless_ui.h"
#include "lab/tools.h"
#include "panels/frame/pages.h"

namespace lf::net {
namespace {

using nlohmann::json;
using Change = std::function<void(app::panels::ViewState&)>;

/// A place of the window, and how the view gets there.
struct Place {
  std::string name;
  Change go;
};

Change to_tool(const LabToolInfo& tool) {
  return [&tool](app::panels::ViewState& view) {
    const std::string page = tool.page;
    view.page = page;
    view.set(page == "flow-lab" ? "lab.tool" : "latent.tool", std::string(tool.id));
  };
}

std::vector<Place> places() {
  std::vector<Place> result;
  for (const app::panels::PageInfo& page : app::panels::page_table())
    result.push_back(
        {std::string("page ") + page.id, [&page](app::panels::ViewState& view) { view.page = page.id; }});
  for (const LabToolInfo& tool : lab_tools())
    result.push_back({std::string("tool ") + tool.id, to_tool(tool)});
  result.push_back({"help", [](app::panels::ViewState& view) { view.help = true; }});
  result.push_back({"files", [](app::panels::ViewState& view) { view.files = true; }});
  result.push_back({"save as", [](app::panels::ViewState& view) { view.files = view.saving_as = true; }});
  result.push_back({"about", [](app::panels::ViewState& view) { view.about = true; }});
  result.push_back({"settings open", [](app::panels::ViewState& view) { view.settings = 1; }});
  result.push_back({"settings folded", [](app::panels::ViewState& view) { view.settings = 0; }});
  return result;
}

json names_shown(const HeadlessUi& window) {
  json names = json::object();
  for (const auto& item : window.ui.map.items()) names[item.first] = true;
  return names;
}

/// The names at every place, with this snapshot in a window of this size.
json names_of(const Snapshot& snapshot, float width, float height) {
  HeadlessUi window(width, height);
  window.frames(snapshot);  // a fake that has a tool open goes to its page by itself
  app::panels::ViewState fresh = window.view;
  fresh.page = "explore";
  json result = json::object();
  for (const Place& place : places()) {
    window.view = fresh;
    place.go(window.view);
    window.frames(snapshot);
    result[place.name] = names_shown(window);
  }
  return result;
}

/// The window state of an earlier build, read and written again.
constexpr const char* kStoredState = R"({"width": 1200, "height": 800, "page": "training", "theme": "light",
  "font_scale": 1.25, "speed": 0.25, "loop": false, "settings": 1, "recent": ["runs/a", "b c.safetensors"],
  "switches": {"loss": "log", "explore.flow.heading": "on", "now.lab.saved": "3", "lab.tool": "field"}})";

/// Each file's text, and the text written for it.
json user_states() {
  json result = json::object();
  for (const std::string text : {"{}", kStoredState, R"({"width": 1e9, "page": 7, "font_scale": 99})"})
    result[text] = json::parse(app::user_state_text(app::parse_user_state(text)));
  return result;
}

void print() {
  json result{{"user state", user_states()}};
  for (const std::string& state : fake_states()) {
    const Snapshot snapshot = fake_snapshot(state);
    result[state] = {{"1440x900", names_of(snapshot, 1440, 900)}, {"960x600", names_of(snapshot, 960, 600)}};
  }
  std::puts(result.dump(1).c_str());
}

}  // namespace
}  // namespace lf::net

int main() {
  try {
    lf::net::print();
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "net_names: %s\n", error.what());
    return 1;
  }
}
