#include "lab/interpolation/result.h"

#include "lab/tools.h"

namespace lf {

LabToolInfo describe_lab_interpolation() {
  using Kind = LabArgument::Kind;
  return {kLatentSpacePage,
          "Interpolation",
          "What lies between two digits?",
          "Three ways from one training digit to another: straight through the latent, along the "
          "noise that flows into both, and half-way, blended at t. Frames of the latent are often "
          "no digit; those of the noise always end where digits are. Pin other digits on the map, "
          "or draw lots, and move t of the middle film.",
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
