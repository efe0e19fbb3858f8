// Texts and choices of the compared curves, without drawing.
#pragma once

#include <string>
#include <vector>

#include "protocol/snapshot.h"

namespace lf::app::panels {

/// Which curve of the runs is shown.
struct ComparedCurve {
  const char* id;  ///< "flow", "held_out", "autoencoder", "fd"
  const char* label;
  const char* tooltip;
  Series RunCurves::*series;
};
const ComparedCurve* compared_curves(size_t& count);

/// The text if none of these runs recorded the selected curve, with advice.
std::string no_curve_sentence(const std::vector<RunCurves>& runs, const ComparedCurve& curve);

/// Which of these runs has the lowest final value.
std::string compare_sentence(const std::vector<RunCurves>& runs, Series RunCurves::*series);

/// Digits seen at every point of a series, `batch` per step.
std::vector<float> digits_seen(const Series& series, int64_t batch);

}  // namespace lf::app::panels
