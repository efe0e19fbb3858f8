#include "lab/coupling/result.h"

#include "lab/table.h"

namespace lf {
namespace {

void add_ways(LabTable& table, const char* name, const LabFlowWays& ways) {
  for (const LabFewSteps& few : ways.few) {
    table.row().cell(name).cell("").cell("").cell("").cell("");
    table.cell(static_cast<double>(few.steps)).cell(few.error).cell(few.pixel_error).cell(ways.detour);
  }
}

}  // namespace

LabTable lab_table(const LabCoupling& found) {
  LabTable table({"what", "batch", "squared_distance", "spread_over_batches", "skew_deviations",
                  "euler_steps", "error_rms", "pixel_error_rms", "length_over_chord_minus_1"});
  for (const LabPairing& p : found.pairings) {
    table.row().cell(p.law).cell(static_cast<double>(found.batch)).cell(p.cost).cell(p.cost_spread);
    table.cell(p.skew).cell("").cell("").cell("").cell("");
  }
  add_ways(table, "flow", found.now);
  add_ways(table, "flow before the reflow", found.before);
  return table;
}

}  // namespace lf
