#include "lab/interpolation/result.h"

#include "lab/table.h"

namespace lf {

LabTable lab_table(const LabInterpolation& found) {
  LabTable table({"film", "frame", "share", "seen_as", "certainty", "length_over_distance"});
  for (const LabFilm& film : found.films) {
    for (size_t i = 0; i < found.share.size(); ++i) {
      table.row().cell(film.name).cell(static_cast<double>(i)).cell(found.share[i]);
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
