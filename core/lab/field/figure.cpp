// Figure of the vector field: learned, exact and their difference, with arrows of one scale.
#include <algorithm>
#include <cmath>
#include <string>

#include "lab/field/result.h"

namespace lf {
namespace {

/// The velocity as arrows of every second grid point over the streaks.
LabCloud field_cloud(const LabField& found, const LabFieldGrid& grid, double longest) {
  LabCloud cloud{"first axis", "second axis", {}, {}};
  cloud.extent = found.extent;
  cloud.texture = grid.streaks;
  const auto side = static_cast<size_t>(found.side);
  const float step = static_cast<float>(2 * found.extent / static_cast<double>(side - 1));
  for (size_t i = 0; i < found.labels.size() && found.points.size() >= 2 * found.labels.size();
       i += 1 + found.labels.size() / 1500) {
    const float x = found.points[2 * i] * static_cast<float>(found.t),
                y = found.points[2 * i + 1] * static_cast<float>(found.t);
    if (std::abs(x) > static_cast<float>(found.extent) || std::abs(y) > static_cast<float>(found.extent))
      continue;
    cloud.points.insert(cloud.points.end(), {x, y});
    cloud.labels.push_back(found.labels[i]);
  }
  const float scale = longest > 0 ? 1.8f * step / static_cast<float>(longest) : 0;
  for (size_t row = 0; row < side; row += 2) {
    for (size_t column = 0; column < side && 2 * (row * side + column) + 1 < grid.arrows.size();
         column += 2) {
      const size_t at = 2 * (row * side + column);
      const float x = static_cast<float>(-found.extent) + step * static_cast<float>(column),
                  y = static_cast<float>(-found.extent) + step * static_cast<float>(row);
      const float to_x = x + scale * grid.arrows[at], to_y = y + scale * grid.arrows[at + 1];
      const bool inside = std::max(std::abs(to_x), std::abs(to_y)) <= static_cast<float>(found.extent);
      if (inside) cloud.paths.push_back({kToneText, {x, y, to_x, to_y}, true});
    }
  }
  return cloud;
}

double longest_arrow(const LabFieldGrid& grid) {
  double longest = 0;
  for (size_t i = 0; i + 1 < grid.arrows.size(); i += 2)
    longest = std::max(longest, static_cast<double>(std::hypot(grid.arrows[i], grid.arrows[i + 1])));
  return longest;
}

}  // namespace

LabFigure LabField::figure() const {
  LabFigure figure;
  if (side < 2) return figure;
  const double longest = std::max(longest_arrow(learned), longest_arrow(exact));
  figure.answer =
      "At t = " + fixed_text(t, 2) + (digit < 0 ? ", unconditional" : ", class " + std::to_string(digit)) +
      ": the network's velocity has RMS " + fixed_text(learned_length, 2) + " per latent dimension";
  if (!exact.arrows.empty())
    figure.answer += ", the exact one of " + std::to_string(latents) + " training digits " +
                     fixed_text(exact_length, 2) + "; their difference " + fixed_text(difference_length, 2) +
                     ", mean cosine " + fixed_text(cosine, 3);
  figure.answer += ". All arrows have one scale; points are training digits at t.";
  figure.rows.push_back(
      {{"Learned", "velocity of the network, component in the plane", field_cloud(*this, learned, longest)}});
  if (!exact.arrows.empty()) {
    figure.rows[0].push_back(
        {"Exact", "velocity that memorises the training set", field_cloud(*this, exact, longest)});
    LabCloud left = field_cloud(*this, difference, longest);
    figure.rows[0].push_back({"Difference", "learned minus exact", left});
  }
  return figure;
}

}  // namespace lf
