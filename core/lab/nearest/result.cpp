#include "lab/nearest/result.h"

#include <algorithm>
#include <cmath>

#include "base/classes.h"
#include "lab/tools.h"

namespace lf {

int64_t copy_alarms(const LabNeighbours& found) {
  if (std::isnan(found.threshold) || found.ratio.empty()) return -1;
  return std::count_if(found.ratio.begin(), found.ratio.end(),
                       [&](float ratio) { return ratio < found.threshold; });
}

LabToolInfo describe_lab_nearest() {
  return {
      kLatentSpacePage,
      "Nearest training digits",
      "Does the network copy training digits?",
      "Shows the preview's samples and the five nearest training digits of the selected one, by latents and "
      "by pixels. A copy is much nearer to one training digit than to the next, so this distance ratio is "
      "small. The alarm threshold is the 1 % quantile of real test digits, so 1 % of them raise it too.",
      {},
      LabToolInfo::Needs::Data};
}

LabTable LabNearest::table() const {
  LabTable table({"space", "sample", "asked_for", "rank", "training_digit", "label", "distance", "d1_over_d2",
                  "alarm_below"});
  const auto k = static_cast<size_t>(this->k);
  const auto add = [&](const std::string& space, const LabNeighbours& near) {
    for (size_t i = 0; i < near.index.size(); ++i) {
      const size_t sample = i / k;
      table.row().cell(space).cell(static_cast<double>(sample));
      table.cell(labels[sample] < kClasses ? std::to_string(labels[sample]) : "");
      table.cell(static_cast<double>(i % k + 1)).cell(static_cast<double>(near.index[i]));
      table.cell(near.labels[i]).cell(near.distance[i]).cell(near.ratio[sample]).cell(near.threshold);
    }
  };
  add("latent", latent);
  add("pixels", pixels);
  return table;
}

}  // namespace lf
