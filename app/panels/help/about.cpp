#include "panels/help/about.h"

#include <vector>

#include "base/version.h"
#include "widgets/control/facts.h"
#include "widgets/control/scroll.h"
#include "widgets/text/fonts.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

std::string data_words(const RunBlock& run) {
  if (run.dataset.empty()) return "";
  return run.dataset + ", " + grouped(run.train_count) + " digits";
}

std::string or_dash(const std::string& text) { return text.empty() ? "—" : text; }

}  // namespace

std::string about_line(const Snapshot& snapshot) {
  std::string line = std::string(kProgramName) + " " + kProgramVersion;
  for (const std::string& part : {snapshot.run->device, data_words(*snapshot.run)}) {
    if (!part.empty()) line += " · " + part;
  }
  return line;
}

void draw_about(const PanelContext& c) {
  const RunBlock& run = *c.snapshot.run;
  const std::string words =
      "Trains networks to generate handwritten digits by latent flow matching, and shows every step. Built "
      "with LibTorch, Dear ImGui, GLFW, zlib, libcurl, stb, giflib, CLI11 and nlohmann-json.";
  const auto fact = [](const char* name, const char* label, const std::string& value,
                       const std::string& tooltip) {
    return Fact{{std::string("about.") + name, label, tooltip, or_dash(value), ""}, 0};
  };
  const bool dismissed = sheet(c.ui, "about", kProgramName, {520, 330}, [&](const Rect& inside) {
    scroll_area(c.ui, inside, "about.scroll", [&](const Rect& room) {
      Rect at = room;
      at.y +=
          draw_paragraph(c.ui, {at.x, at.y, at.w, c.px(400)}, Type::Body, c.theme().text, words) + c.px(16);
      at.y +=
          facts(c.ui, at,
                {fact("version", "Version", kProgramVersion, "Version of this program."),
                 fact("device", "Device", run.device, "Device on which the tensors are stored and computed."),
                 fact("model", "Model", run.model, "The current model."),
                 fact("data", "Data", data_words(run), "The current data set."),
                 fact("source", "Data from", run.dataset_builtin ? "built-in digits" : run.dataset_source,
                      "Folder of the data set."),
                 fact("fonts", "Typefaces", font_description(), font_description())},
                200);
      return at.y - room.y;
    });
  });
  if (dismissed) c.view.about = false;
}

}  // namespace lf::app::panels
