#include "lab/guidance/result.h"

#include "lab/tools.h"

namespace lf {

LabToolInfo describe_lab_guidance() {
  return {kFlowLabPage, "Guidance", "What does guidance change?",
          "Guidance extrapolates from the unconditional to the conditional velocity; too much of it makes "
          "strokes too bold. Top: endpoint estimate of each velocity at t, and the length of their "
          "difference. Right: digits for each guidance weight and number of steps."};
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
