#include "lab/step/result.h"

#include "lab/tools.h"

namespace lf {

LabToolInfo describe_lab_step() {
  using Kind = LabArgument::Kind;
  return {kFlowLabPage,
          "One step explained",
          "What does one training step do?",
          "A training step in slow motion, on a copy of the net: digits and noise, times, the "
          "target, the prediction, the loss, the gradient and the update, each with its real "
          "numbers. Read the boxes from left to right; pictures and chart follow the box chosen. "
          "Try a higher rate: the batch gains by it, and other digits lose.",
          {{"draw", Kind::Integer, "0", 0, 999}, {"rate", Kind::Choice, "0.1", 0, 0, {"0.01", "0.1", "1"}}},
          LabToolInfo::Needs::DataAlone};
}

LabTable LabStep::table() const {
  LabTable table({"row", "name", "t", "label", "loss_before", "loss_after", "numbers", "gradient_norm",
                  "weight_norm", "update_norm"});
  for (size_t i = 0; i < t.size(); ++i) {
    table.row().cell("digit").cell(std::to_string(i)).cell(t[i]);
    table.cell(labels[i] < 10 ? std::to_string(labels[i]) : "hidden");
    table.cell(loss[i]).cell(loss_after[i]).cell("").cell("").cell("").cell("");
  }
  for (const LabStepGroup& group : groups) {
    table.row().cell("weights").cell(group.name).cell("").cell("").cell("").cell("");
    table.cell(static_cast<double>(group.numbers)).cell(group.gradient).cell(group.weight).cell(group.update);
  }
  return table;
}

}  // namespace lf
