#include "lab/loss_floor/result.h"

#include <string>

#include "lab/table.h"

namespace lf {
namespace {

void add_row(LabTable& table, double t, const std::string& told, const LabLossParts& parts) {
  table.row().cell(t).cell(told);
  for (const LabEstimate& e : {parts.loss, parts.floor, parts.gap}) table.cell(e.mean).cell(e.error);
}

}  // namespace

LabTable lab_table(const LabLossFloor& found) {
  LabTable table({"t", "told", "loss", "loss_error", "floor", "floor_error", "gap", "gap_error"});
  constexpr size_t n = LabLossFloor::kGroups;
  for (size_t i = 0; i < found.all.size(); ++i) {
    add_row(table, found.t[i], "as trained", found.all[i]);
    for (size_t g = 0; g < n && found.groups.size() == found.all.size() * n; ++g)
      add_row(table, found.t[i], g + 1 < n ? std::to_string(g) : "nothing", found.groups[i * n + g]);
  }
  return table;
}

}  // namespace lf
