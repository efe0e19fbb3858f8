#include "lab/solvers/result.h"

#include "lab/table.h"

namespace lf {

LabTable lab_table(const LabSolvers& found) {
  LabTable table(
      {"solver", "order", "tolerance", "nfe", "error_rms", "pixel_error_rms", "accepted", "rejected"});
  for (const LabSolverPoint& p : found.points) {
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
