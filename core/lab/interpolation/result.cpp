#include "lab/interpolation/result.h"

#include "lab/tools.h"

namespace lf {

LabToolInfo describe_lab_interpolation() {
  using Kind = LabArgument::Kind;
  return {kLatentSpacePage,
          "Interpolation",
          "What is between two digits?",
          "Three routes from one training digit to another: linear in the latent, through the noise of both, "
          "and mixed at t. Frames in the latent are often not digits; frames from the noise are. Pin other "
          "digits on the map, choose random ones, or move t.",
          {{"a", Kind::Integer, "7", 0, 1e7},
           {"b", Kind::Integer, "8", 0, 1e7},
           {"t", Kind::Number, "0.5", 0.05, 0.95}},
          LabToolInfo::Needs::Data};
}

LabTable LabInterpolation::table() const {
  LabTable table({"film", "frame", "share", "seen_as", "certainty", "length_over_distance"});
  for (const LabFilm& film : films) {
    for (size_t i = 0; i < share.size(); ++i) {
      table.row().cell(film.name).cell(static_cast<double>(i)).cell(share[i]);
      if (film.seen.empty())
        table.cell("").cell("");
      else
        table.cell(film.seen[i]).cell(film.certainty[i]);
      table.cell(film.length);
    }
  }
  return table;
}

}  // namespace lf
