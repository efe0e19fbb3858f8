#include "lab/nearest/result.h"

#include <algorithm>
#include <cmath>

#include "lab/table.h"

namespace lf {

int64_t copy_alarms(const LabNeighbours& found) {
  if (std::isnan(found.threshold) || found.ratio.empty()) return -1;
  return std::count_if(found.ratio.begin(), found.ratio.end(),
                       [&](float ratio) { return ratio < found.threshold; });
}

LabTable lab_table(const LabNearest& found) {
  LabTable table({"space", "sample", "asked_for", "rank", "training_digit", "label", "distance", "d1_over_d2",
                  "alarm_below"});
  const auto k = static_cast<size_t>(found.k);
  const auto add = [&](const std::string& space, const LabNeighbours& near) {
    for (size_t i = 0; i < near.index.size(); ++i) {
      const size_t sample = i / k;
      table.row().cell(space).cell(static_cast<double>(sample));
      table.cell(found.labels[sample] < 10 ? std::to_string(found.labels[sample]) : "");
      table.cell(static_cast<double>(i % k + 1)).cell(static_cast<double>(near.index[i]));
      table.cell(near.labels[i]).cell(near.distance[i]).cell(near.ratio[sample]).cell(near.threshold);
    }
  };
  add("latent", found.latent);
  add("pixels", found.pixels);
  return table;
}

}  // namespace lf
