// A sweep: one run for each combination of some settings and each seed, planned before the first of them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "config/settings.h"

namespace lf {

inline constexpr size_t kMostSweepRuns = 1000;
inline constexpr size_t kMostSweepAxes = 6;

/// A setting and the values that a sweep compares, each in its one spelling.
struct SweepAxis {
  std::string setting;
  std::vector<std::string> values;

  bool operator==(const SweepAxis& other) const { return setting == other.setting && values == other.values; }
};

/// The values of a combination: an index for each axis.
using SweepPoint = std::vector<size_t>;

struct SweepPlan {
  std::string name = "sweep";
  std::string preset = "fast";
  std::map<std::string, std::string> settings;  ///< of all runs, where they differ from the preset
  std::vector<SweepAxis> axes;
  std::vector<SweepPoint> table;  ///< the combinations; empty: all of them, a grid
  std::vector<int64_t> seeds = {1};
  Budget budget;            ///< of each run; nothing: the preset's own
  bool median_rule = true;  ///< stops runs that are worse than the median of the finished ones
};

/// Why this setting can be no axis: "its values come from the seeds"; "" if it can.
std::string no_axis_reason(const std::string& setting);

/// `count` values from `from` to `to`, both included, at equal differences or equal factors, with six
/// significant digits. Throws InputError for counts outside 2 … kMostSweepRuns, equal ends, and factors of
/// numbers that are not positive.
std::vector<double> spaced_values(double from, double to, int64_t count, bool logarithmic);

/// An axis as a person types it: "0.003 0.006", separated by blanks or commas, or a range "0.0125..0.05 x 3",
/// at equal factors where the setting's slider moves by factors. Throws InputError.
SweepAxis typed_axis(const std::string& setting, const std::string& text, const std::string& preset);

/// Seeds as a person types them: "1 2 3" or "1..3". Throws InputError.
std::vector<int64_t> typed_seeds(const std::string& text);

/// The combinations in the order of training: the last axis changes fastest.
std::vector<SweepPoint> sweep_points(const SweepPlan& plan);

/// Combinations times seeds, without listing them; at most SIZE_MAX.
size_t sweep_run_count(const SweepPlan& plan);

/// The settings of a combination with a seed. Throws InputError.
Settings sweep_settings(const SweepPlan& plan, const SweepPoint& point, int64_t seed);

/// The values of a combination: "flow.lr 0.003, autoencoder.beta 0.05"; "the preset" without axes.
std::string point_text(const std::vector<SweepAxis>& axes, const SweepPoint& point);

/// Name of the folder of run `index` of `count`: 01-lr0.003-beta0.05-s1.
std::string sweep_run_name(const SweepPlan& plan, const SweepPoint& point, int64_t seed, size_t index,
                           size_t count);

/// Throws InputError, in one line and without a place, for a plan that cannot be trained: no values or the
/// same twice, too many runs, settings that do not go together or with the budget.
void check_sweep(const SweepPlan& plan);

}  // namespace lf
