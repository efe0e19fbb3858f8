#include "lab/solvers/result.h"

#include "lab/tools.h"

namespace lf {

LabToolInfo describe_lab_solvers() {
  return {kFlowLabPage, "Solver error", "How accurate is each solver?",
          "Solves the same noise with every solver and equally many function evaluations, and shows the "
          "error against a fine solution. In the chart, each solver follows a line whose slope is its order, "
          "down to rounding error. Choose a number of function evaluations and compare the images."};
}

LabTable LabSolvers::table() const {
  LabTable table(
      {"solver", "order", "tolerance", "nfe", "error_rms", "pixel_error_rms", "accepted", "rejected"});
  for (const LabSolverPoint& p : points) {
    table.row().cell(p.solver).cell(p.order);
    if (p.adaptive)
      table.cell(p.tolerance);
    else
      table.cell("");
    table.cell(static_cast<double>(p.nfe)).cell(p.error).cell(p.pixel_error);
    table.cell(static_cast<double>(p.accepted)).cell(static_cast<double>(p.rejected));
  }
  return table;
}

}  // namespace lf
