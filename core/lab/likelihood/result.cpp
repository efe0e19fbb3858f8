#include "lab/likelihood/result.h"

#include "lab/tools.h"

namespace lf {

LabToolInfo describe_lab_likelihood() {
  using Kind = LabArgument::Kind;
  return {kLatentSpacePage,
          "Likelihood",
          "Which digits are likely under the flow?",
          "Likelihood of real test digits under the flow, in bits per latent dimension; fewer bits mean "
          "higher likelihood. The curves show each class, the rows the most and the least likely digits. "
          "More probes bring the estimate closer to the exact value.",
          {{"labels", Kind::Switch, "on"},
           {"digits", Kind::Integer, "400", 40, 10000},
           {"probes", Kind::Integer, "4", 2, 64},
           {"exact", Kind::Integer, "200", 0, 1000}},
          LabToolInfo::Needs::Data};
}

LabTable LabLikelihood::table() const {
  LabTable table({"test_digit", "label", "bits_per_dimension", "standard_error", "exact_bits_per_dimension"});
  for (size_t i = 0; i < bits.size(); ++i) {
    table.row().cell(static_cast<double>(i)).cell(labels[i]).cell(bits[i]).cell(error[i]);
    if (i < exact.size())
      table.cell(exact[i]);
    else
      table.cell("");
  }
  return table;
}

}  // namespace lf
