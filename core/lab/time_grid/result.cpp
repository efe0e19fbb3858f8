#include "lab/time_grid/result.h"

#include <algorithm>
#include <cmath>

#include "base/errors.h"
#include "base/number_text.h"
#include "config/solver_table.h"
#include "lab/tools.h"

namespace lf {
namespace {

std::vector<double> listed_times(const std::string& text) {
  std::vector<double> times{0};
  size_t from = 0;
  while (from <= text.size()) {
    const size_t comma = std::min(text.find(',', from), text.size());
    const std::string word = text.substr(from, comma - from);
    const auto t = parse_number(word);
    if (!t || !(*t > times.back() && *t < 1))
      throw InputError("the inner times of a grid must rise between 0 and 1, as 0.1,0.4,0.8; '" + word +
                       "' does not");
    times.push_back(*t);
    from = comma + 1;
  }
  if (times.size() > kMostGridSteps)
    throw InputError("a time grid has at most " + std::to_string(kMostGridSteps) +
                     " steps; these times give " + std::to_string(times.size()));
  times.push_back(1);
  return times;
}

}  // namespace

std::vector<double> named_time_grid(const LabArguments& arguments) {
  const std::string text = arguments.text("times");
  if (!text.empty()) return listed_times(text);
  const int64_t steps = arguments.integer("steps");
  const double warp = arguments.number("warp");
  std::vector<double> times;
  for (int64_t i = 0; i <= steps; ++i)
    times.push_back(std::pow(static_cast<double>(i) / static_cast<double>(steps), warp));
  return times;
}

std::string time_grid_text(const std::vector<double>& boundaries) {
  std::string text;
  for (size_t i = 1; i + 1 < boundaries.size(); ++i)
    text += (i > 1 ? "," : "") + number_text(std::round(1e5 * boundaries[i]) / 1e5);
  return text;
}

LabToolInfo describe_lab_time_grid() {
  using Kind = LabArgument::Kind;
  return {
      kFlowLabPage,
      "Time grid",
      "Where along t should the steps be?",
      "Compares a time grid of your own with equal steps: drag its boundaries, or bend all of them at once. "
      "The chart shows where a short step has the largest error. Equalise gives all steps the same error.",
      {{"times", Kind::Text, "", 0, 200},
       {"steps", Kind::Integer, "4", 1, kMostGridSteps},
       {"solver", Kind::Choice, "midpoint", 0, 0, one_step_solver_ids("midpoint")},
       {"warp", Kind::Number, "1", 0.25, 4},
       {"equalise", Kind::Switch, "off"}}};
}

LabTable LabTimeGrid::table() const {
  LabTable table({"grid", "step", "from", "to", "local_error_rms", "error_rms_at_end", "pixel_error_rms"});
  const auto add = [&](const char* name, const LabGrid& grid) {
    for (size_t i = 0; i + 1 < grid.times.size(); ++i) {
      table.row().cell(name).cell(static_cast<double>(i)).cell(grid.times[i]).cell(grid.times[i + 1]);
      table.cell(i < grid.step_errors.size() ? grid.step_errors[i] : NAN);
      table.cell(grid.error).cell(grid.pixel_error);
    }
  };
  add("present", present);
  add("equal", equal);
  add("equalised", equalised);
  return table;
}

}  // namespace lf
