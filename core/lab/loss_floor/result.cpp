#include "lab/loss_floor/result.h"

#include <string>

#include "lab/tools.h"

namespace lf {
namespace {

void add_row(LabTable& table, double t, const std::string& told, const LabLossParts& parts) {
  table.row().cell(t).cell(told);
  for (const LabEstimate& e : {parts.loss, parts.floor, parts.gap}) table.cell(e.mean).cell(e.error);
}

}  // namespace

LabToolInfo describe_lab_loss_floor() {
  return {kFlowLabPage,
          "Loss by time",
          "Why does the loss never reach zero?",
          "Many pairs of noise and digit pass through the same point; the best prediction is their mean "
          "velocity. The variance around it is the irreducible loss; the gap above it can still be learned, "
          "or memorised. Network and exact field use the same pairs, sampled as in training.",
          {},
          LabToolInfo::Needs::Data};
}

LabTable LabLossFloor::table() const {
  LabTable table({"t", "told", "loss", "loss_error", "floor", "floor_error", "gap", "gap_error"});
  constexpr size_t n = LabLossFloor::kGroups;
  for (size_t i = 0; i < all.size(); ++i) {
    add_row(table, t[i], "as trained", all[i]);
    for (size_t g = 0; g < n && groups.size() == all.size() * n; ++g)
      add_row(table, t[i], g + 1 < n ? std::to_string(g) : "nothing", groups[i * n + g]);
  }
  return table;
}

}  // namespace lf
