#include "lab/coupling/result.h"

#include "lab/tools.h"

namespace lf {
namespace {

void add_ways(LabTable& table, const char* name, const LabFlowWays& ways) {
  for (const LabFewSteps& few : ways.few) {
    table.row().cell(name).cell("").cell("").cell("").cell("");
    table.cell(static_cast<double>(few.steps)).cell(few.error).cell(few.pixel_error).cell(ways.detour);
  }
}

}  // namespace

LabToolInfo describe_lab_coupling() {
  using Kind = LabArgument::Kind;
  return {
      kFlowLabPage,
      "Coupling",
      "Which noise belongs to which digit?",
      "With independent coupling, paths cross and the learned trajectories bend. Minibatch optimal transport "
      "(OT) minimises the distances in a batch; over all classes, it makes noise depend on the class. A "
      "reflow pairs noise with the digit that the flow generates from it; few steps then suffice.",
      {{"show", Kind::Choice, "couplings", 0, 0, {"couplings", "reflow"}},
       {"batch", Kind::Choice, "256", 0, 0, {"64", "256", "512"}}},
      LabToolInfo::Needs::Data};
}

LabTable LabCoupling::table() const {
  LabTable table({"what", "batch", "squared_distance", "spread_over_batches", "skew_deviations",
                  "euler_steps", "error_rms", "pixel_error_rms", "length_over_chord_minus_1"});
  for (const LabPairing& p : pairings) {
    table.row().cell(p.law).cell(static_cast<double>(batch)).cell(p.cost).cell(p.cost_spread);
    table.cell(p.skew).cell("").cell("").cell("").cell("");
  }
  add_ways(table, "flow", now);
  add_ways(table, "flow before the reflow", before);
  return table;
}

}  // namespace lf
