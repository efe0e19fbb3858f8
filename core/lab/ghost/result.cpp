#include "lab/ghost/result.h"

#include "lab/table.h"

namespace lf {

LabTable lab_table(const LabGhost& found) {
  std::vector<std::string> columns{"t", "digit", "asked_for", "seen_as", "entropy_bits"};
  for (int k = 0; k < 10; ++k) columns.push_back("p" + std::to_string(k));
  LabTable table(columns);
  const auto n = static_cast<size_t>(found.digits);
  for (size_t s = 0; s < found.t.size(); ++s) {
    for (size_t d = 0; d < n; ++d) {
      const size_t at = s * n + d;
      const std::string asked = found.labels[d] < 10 ? std::to_string(found.labels[d]) : "";
      table.row().cell(found.t[s]).cell(static_cast<double>(d)).cell(asked).cell(found.seen[at]);
      table.cell(found.entropy[at]);
      for (size_t k = 0; k < 10; ++k) table.cell(found.probability[at * 10 + k]);
    }
  }
  return table;
}

}  // namespace lf
