#include "lab/straightness/result.h"

#include "lab/table.h"

namespace lf {

LabTable lab_table(const LabStraightness& found) {
  LabTable table({"digit", "asked_for", "length_over_chord", "turned_degrees", "squared_chord",
                  "deviation_over_squared_chord"});
  for (size_t i = 0; i < found.ratio.size(); ++i) {
    const std::string asked = found.labels[i] < 10 ? std::to_string(found.labels[i]) : "";
    table.row().cell(static_cast<double>(i)).cell(asked).cell(found.ratio[i]).cell(found.turned[i]);
    table.cell(found.cost[i]).cell(found.deviation[i]);
  }
  return table;
}

}  // namespace lf
