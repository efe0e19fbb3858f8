#include "lab/field/result.h"

#include <cmath>

#include "lab/table.h"

namespace lf {

LabTable lab_table(const LabField& found) {
  LabTable table({"x", "y", "learned_x", "learned_y", "learned_rms", "exact_x", "exact_y", "exact_rms",
                  "difference_rms"});
  const auto side = static_cast<size_t>(found.side);
  const auto place = [&](size_t k) {
    return found.extent * (2.0 * static_cast<double>(k) / static_cast<double>(side - 1) - 1);
  };
  const auto add = [&](const LabFieldGrid& grid, size_t i) {
    const bool known = i < grid.length.size();
    for (const size_t axis : {size_t{0}, size_t{1}})
      table.cell(known ? static_cast<double>(grid.arrows[2 * i + axis]) : std::nan(""));
    table.cell(known ? static_cast<double>(grid.length[i]) : std::nan(""));
  };
  for (size_t i = 0; i < found.learned.length.size(); ++i) {
    table.row().cell(place(i % side)).cell(place(i / side));
    add(found.learned, i);
    add(found.exact, i);
    const bool known = i < found.difference.length.size();
    table.cell(known ? static_cast<double>(found.difference.length[i]) : std::nan(""));
  }
  return table;
}

}  // namespace lf
