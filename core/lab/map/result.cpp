#include "lab/map/result.h"

#include "lab/tools.h"

namespace lf {

LabToolInfo describe_lab_map() {
  using Kind = LabArgument::Kind;
  return {kLatentSpacePage,
          "Map",
          "How are the digits arranged?",
          "Every training digit is a point: its 64 latent dimensions projected onto two axes, coloured by "
          "class. Class axes separate the classes best; principal axes show the most variance. Rest the "
          "mouse on a point to see its digit; click two to interpolate between them.",
          {{"axes", Kind::Choice, "class", 0, 0, {"class", "principal"}}},
          LabToolInfo::Needs::DataAlone};
}

LabTable LabMap::table() const {
  LabTable table({"split", "index", "label", "x", "y"});
  const auto add = [&](const char* split, const LabMapCloud& cloud) {
    for (size_t i = 0; i < cloud.labels.size(); ++i) {
      table.row().cell(split).cell(static_cast<double>(i)).cell(cloud.labels[i]);
      table.cell(cloud.points[2 * i]).cell(cloud.points[2 * i + 1]);
    }
  };
  add("train", train);
  add("test", test);
  return table;
}

}  // namespace lf
