#include "lab/straightness/result.h"

#include "base/classes.h"
#include "lab/tools.h"

namespace lf {

LabToolInfo describe_lab_straightness() {
  return {kFlowLabPage, "Straightness", "How straight are the trajectories?",
          "One Euler step solves a straight trajectory of constant speed exactly; every bend needs more "
          "steps. The chart shows at which t the trajectories of 120 digits turn. Below are their detours, "
          "and the error of few Euler steps."};
}

LabTable LabStraightness::table() const {
  LabTable table({"digit", "asked_for", "length_over_chord", "turned_degrees", "squared_chord",
                  "deviation_over_squared_chord"});
  for (size_t i = 0; i < ratio.size(); ++i) {
    const std::string asked = labels[i] < kClasses ? std::to_string(labels[i]) : "";
    table.row().cell(static_cast<double>(i)).cell(asked).cell(ratio[i]).cell(turned[i]);
    table.cell(cost[i]).cell(deviation[i]);
  }
  return table;
}

}  // namespace lf
