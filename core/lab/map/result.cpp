#include "lab/map/result.h"

#include "lab/tools.h"

namespace lf {

LabToolInfo describe_lab_map() {
  using Kind = LabArgument::Kind;
  return {kLatentSpacePage,
          "Map",
          "How do the digits lie?",
          "Every training digit is a point: its 64 latent numbers seen along two axes, coloured by"
          " class. Class axes are chosen so that the classes fall apart, principal axes so that "
          "most of the spread is seen. Rest the mouse on a point to see its digit, click two to "
          "look at what lies between them.",
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
