#include "lab/likelihood/result.h"

#include "lab/table.h"

namespace lf {

LabTable lab_table(const LabLikelihood& found) {
  LabTable table({"test_digit", "label", "bits_per_dimension", "standard_error", "exact_bits_per_dimension"});
  for (size_t i = 0; i < found.bits.size(); ++i) {
    table.row().cell(static_cast<double>(i)).cell(found.labels[i]).cell(found.bits[i]).cell(found.error[i]);
    if (i < found.exact.size())
      table.cell(found.exact[i]);
    else
      table.cell("");
  }
  return table;
}

}  // namespace lf
