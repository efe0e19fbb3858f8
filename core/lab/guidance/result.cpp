#include "lab/guidance/result.h"

#include "lab/tools.h"

namespace lf {

LabToolInfo describe_lab_guidance() {
  return {kFlowLabPage, "Guidance anatomy", "What does guidance add?",
          "Guidance goes from the velocity without a label through the one with it, and beyond. On"
          " top what each of them heads for at t, and how long the step between them is; right the"
          " digit drawn with every guidance and number of steps. Look where more guidance turns "
          "clear into loud."};
}

LabTable LabGuidance::table() const {
  LabTable table({"t", "class", "norm_without_label", "norm_with_label", "norm_difference", "cosine"});
  const auto n = static_cast<size_t>(digits);
  for (size_t s = 0; s < t.size(); ++s) {
    for (size_t d = 0; d < n; ++d) {
      const size_t at = s * n + d;
      table.row().cell(t[s]).cell(static_cast<double>(d)).cell(null_norm[at]);
      table.cell(digit_norm[at]).cell(difference_norm[at]).cell(cosine[at]);
    }
  }
  return table;
}

}  // namespace lf
