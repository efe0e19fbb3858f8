#include "lab/straightness/result.h"

#include "lab/tools.h"

namespace lf {

LabToolInfo describe_lab_straightness() {
  return {kFlowLabPage, "Straightness", "How straight are the ways?",
          "A straight way at a constant speed is solved by one step; every bend costs more of "
          "them. The chart shows where along t the ways of 120 digits turn, below how much longer "
          "than the straight line they are. Look how little one, two or four steps of Euler get "
          "wrong where the ways are straight."};
}

LabTable LabStraightness::table() const {
  LabTable table({"digit", "asked_for", "length_over_chord", "turned_degrees", "squared_chord",
                  "deviation_over_squared_chord"});
  for (size_t i = 0; i < ratio.size(); ++i) {
    const std::string asked = labels[i] < 10 ? std::to_string(labels[i]) : "";
    table.row().cell(static_cast<double>(i)).cell(asked).cell(ratio[i]).cell(turned[i]);
    table.cell(cost[i]).cell(deviation[i]);
  }
  return table;
}

}  // namespace lf
