#include "lab/step/result.h"

#include "lab/table.h"

namespace lf {

LabTable lab_table(const LabStep& found) {
  LabTable table({"row", "name", "t", "label", "loss_before", "loss_after", "numbers", "gradient_norm",
                  "weight_norm", "update_norm"});
  for (size_t i = 0; i < found.t.size(); ++i) {
    table.row().cell("digit").cell(std::to_string(i)).cell(found.t[i]);
    table.cell(found.labels[i] < 10 ? std::to_string(found.labels[i]) : "hidden");
    table.cell(found.loss[i]).cell(found.loss_after[i]).cell("").cell("").cell("").cell("");
  }
  for (const LabStepGroup& group : found.groups) {
    table.row().cell("weights").cell(group.name).cell("").cell("").cell("").cell("");
    table.cell(static_cast<double>(group.numbers)).cell(group.gradient).cell(group.weight).cell(group.update);
  }
  return table;
}

}  // namespace lf
