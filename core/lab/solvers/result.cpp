#include "lab/solvers/result.h"

#include "lab/tools.h"

namespace lf {

LabToolInfo describe_lab_solvers() {
  return {kFlowLabPage, "Solver microscope", "What does a step cost?",
          "The same noise through every solver with the same number of network evaluations, and "
          "what each gets wrong against a very fine solution. In the chart each solver falls along"
          " a line whose slope is its order, until rounding stops it. Choose a number of "
          "evaluations and compare the pictures: few evaluations go further than one thinks."};
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
