// The texts below the map.
#include "panels/lab/map/parts.h"
#include "widgets/text/text.h"

namespace lf::app::panels {
namespace {

/// "60,000", or "20,000 of 60,000" while more are being encoded.
std::string count_words(const LabMapCloud& cloud) {
  const auto known = static_cast<int64_t>(cloud.labels.size());
  return grouped(known) + (known < cloud.total ? " of " + grouped(cloud.total) : "");
}

/// The number of points of each visible layer.
std::string shown_words(const PanelContext& c, const LabMap& map) {
  std::vector<std::string> parts;
  if (c.view.on("lab.map.train", true)) parts.push_back(count_words(map.train) + " training digits");
  if (c.view.on("lab.map.test", false)) parts.push_back(count_words(map.test) + " test digits");
  if (c.view.on("lab.map.prior", false))
    parts.push_back(grouped(static_cast<int64_t>(map.prior.size() / 2)) + " noise samples");
  if (c.view.on("lab.map.flowing", true) && !map.flowing_labels.empty())
    parts.push_back(std::to_string(map.flowing_labels.size()) + " generated");
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text.empty() ? "No layer is shown" : text;
}

}  // namespace

std::string map_answer(const PanelContext& c, const LabMap& map) {
  std::string text = shown_words(c, map) + "; this plane shows " + fixed(100 * map.share, 0) +
                     " % of the variance of all 64 dimensions";
  if (map.mean_accuracy >= 0)
    text += ". In all 64 dimensions, the nearest class mean predicts the class of " +
            fixed(100 * map.mean_accuracy, 1) + " % of the test digits";
  return text + ".";
}

}  // namespace lf::app::panels
