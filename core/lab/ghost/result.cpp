#include "lab/ghost/result.h"

#include "base/classes.h"
#include "lab/tools.h"

namespace lf {

LabToolInfo describe_lab_ghost() {
  using Kind = LabArgument::Kind;
  return {kFlowLabPage,
          "Endpoint estimate",
          "What does the network predict at t?",
          "State x(t) on the left, one-step estimate of x₁ from the current velocity on the right. The chart "
          "shows the classifier's uncertainty about this estimate in bits; 0 means that the class is "
          "certain. Move t and watch which digits change their class.",
          {{"unlabelled", Kind::Switch, "on"}}};
}

LabTable LabGhost::table() const {
  std::vector<std::string> columns{"t", "digit", "asked_for", "seen_as", "entropy_bits"};
  for (int k = 0; k < kClasses; ++k) columns.push_back("p" + std::to_string(k));
  LabTable table(columns);
  const auto n = static_cast<size_t>(digits);
  for (size_t s = 0; s < t.size(); ++s) {
    for (size_t d = 0; d < n; ++d) {
      const size_t at = s * n + d;
      const std::string asked = labels[d] < kClasses ? std::to_string(labels[d]) : "";
      table.row().cell(t[s]).cell(static_cast<double>(d)).cell(asked).cell(seen[at]);
      table.cell(entropy[at]);
      for (size_t k = 0; k < kClasses; ++k) table.cell(probability[at * kClasses + k]);
    }
  }
  return table;
}

}  // namespace lf
