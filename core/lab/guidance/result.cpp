#include "lab/guidance/result.h"

#include "lab/table.h"

namespace lf {

LabTable lab_table(const LabGuidance& found) {
  LabTable table({"t", "class", "norm_without_label", "norm_with_label", "norm_difference", "cosine"});
  const auto n = static_cast<size_t>(found.digits);
  for (size_t s = 0; s < found.t.size(); ++s) {
    for (size_t d = 0; d < n; ++d) {
      const size_t at = s * n + d;
      table.row().cell(found.t[s]).cell(static_cast<double>(d)).cell(found.null_norm[at]);
      table.cell(found.digit_norm[at]).cell(found.difference_norm[at]).cell(found.cosine[at]);
    }
  }
  return table;
}

}  // namespace lf
