#include "lab/map/result.h"

#include "lab/table.h"

namespace lf {

LabTable lab_table(const LabMap& found) {
  LabTable table({"split", "index", "label", "x", "y"});
  const auto add = [&](const char* split, const LabMapCloud& cloud) {
    for (size_t i = 0; i < cloud.labels.size(); ++i) {
      table.row().cell(split).cell(static_cast<double>(i)).cell(cloud.labels[i]);
      table.cell(cloud.points[2 * i]).cell(cloud.points[2 * i + 1]);
    }
  };
  add("train", found.train);
  add("test", found.test);
  return table;
}

}  // namespace lf
