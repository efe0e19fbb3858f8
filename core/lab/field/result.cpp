#include "lab/field/result.h"

#include <cmath>

#include "base/classes.h"
#include "lab/tools.h"

namespace lf {

LabToolInfo describe_lab_field() {
  using Kind = LabArgument::Kind;
  return {kFlowLabPage,
          "Vector field",
          "Generalisation or memorisation?",
          "Shows the network's velocity on a plane through latent space, the exact velocity for all training "
          "digits, and their difference. Streaks and arrows show the direction; faint points are training "
          "digits at time t. At small t the two fields agree; at large t the exact field splits into cells "
          "around single digits.",
          {{"plane", Kind::Choice, "lda", 0, 0, {"pca", "lda", "digits"}},
           {"a", Kind::Integer, "3", 0, kClasses - 1},
           {"b", Kind::Integer, "5", 0, kClasses - 1},
           {"c", Kind::Integer, "8", 0, kClasses - 1},
           {"class", Kind::Integer, "-1", -1, kClasses - 1},
           {"t", Kind::Number, "0.5", 0, 1},
           {"quick", Kind::Switch, "off"}},
          LabToolInfo::Needs::Data};
}

LabTable LabField::table() const {
  LabTable table({"x", "y", "learned_x", "learned_y", "learned_rms", "exact_x", "exact_y", "exact_rms",
                  "difference_rms"});
  const auto side = static_cast<size_t>(this->side);
  const auto place = [&](size_t k) {
    return extent * (2.0 * static_cast<double>(k) / static_cast<double>(side - 1) - 1);
  };
  const auto add = [&](const LabFieldGrid& grid, size_t i) {
    const bool known = i < grid.length.size();
    for (const size_t axis : {size_t{0}, size_t{1}})
      table.cell(known ? static_cast<double>(grid.arrows[2 * i + axis]) : std::nan(""));
    table.cell(known ? static_cast<double>(grid.length[i]) : std::nan(""));
  };
  for (size_t i = 0; i < learned.length.size(); ++i) {
    table.row().cell(place(i % side)).cell(place(i / side));
    add(learned, i);
    add(exact, i);
    const bool known = i < difference.length.size();
    table.cell(known ? static_cast<double>(difference.length[i]) : std::nan(""));
  }
  return table;
}

}  // namespace lf
