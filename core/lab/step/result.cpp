#include "lab/step/result.h"

#include "base/classes.h"
#include "lab/tools.h"

namespace lf {

LabToolInfo describe_lab_step() {
  using Kind = LabArgument::Kind;
  return {kFlowLabPage,
          "Training step",
          "What does one training step do?",
          "One training step in slow motion, on a copy of the network: noise, times, target, prediction, "
          "loss, gradient and update. Images and chart show the real numbers of the selected stage. A higher "
          "learning rate lowers the loss of this batch and raises that of other digits.",
          {{"draw", Kind::Integer, "0", 0, 999}, {"rate", Kind::Choice, "0.1", 0, 0, {"0.01", "0.1", "1"}}},
          LabToolInfo::Needs::DataAlone};
}

LabTable LabStep::table() const {
  LabTable table({"row", "name", "t", "label", "loss_before", "loss_after", "numbers", "gradient_norm",
                  "weight_norm", "update_norm"});
  for (size_t i = 0; i < t.size(); ++i) {
    table.row().cell("digit").cell(std::to_string(i)).cell(t[i]);
    table.cell(labels[i] < kClasses ? std::to_string(labels[i]) : "hidden");
    table.cell(loss[i]).cell(loss_after[i]).cell("").cell("").cell("").cell("");
  }
  for (const LabStepGroup& group : groups) {
    table.row().cell("weights").cell(group.name).cell("").cell("").cell("").cell("");
    table.cell(static_cast<double>(group.numbers)).cell(group.gradient).cell(group.weight).cell(group.update);
  }
  return table;
}

}  // namespace lf
