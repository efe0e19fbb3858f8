// What the lab's tools are told: a tool's name, then one key=value a line; besides the texts inside those
// values, strokes and the times of a grid, and the list of epochs at which pictures are written.
#include <map>
#include <sstream>

#include "config/picture_plan.h"
#include "fuzz_target.h"
#include "lab/drawing/result.h"
#include "lab/time_grid/result.h"
#include "lab/tools.h"

namespace lf::fuzz {
namespace {

void check_grid(const LabArguments& arguments) {
  sound_or_refused([&] {
    const auto times = named_time_grid(arguments);
    require(times.size() >= 2 && times.size() <= size_t(kMostGridSteps) + 1,
            "a grid has its number of steps");
    require(times.front() == 0 && times.back() == 1, "a grid goes from 0 to 1");
    time_grid_text(times);
  });
}

}  // namespace

void fuzz_one(const uint8_t* data, size_t size) {
  std::istringstream lines(text_of(data, size));
  std::string tool, line;
  std::getline(lines, tool);
  std::map<std::string, std::string> given;
  while (std::getline(lines, line)) {
    const auto split = line.find('=');
    if (split != std::string::npos) given[line.substr(0, split)] = line.substr(split + 1);
  }
  sound_or_refused([&] {
    const LabArguments arguments = lab_arguments(lab_tool(tool), given);
    for (const auto& [key, value] : arguments.values()) arguments.number(key), arguments.integer(key);
    if (tool == "time-grid") check_grid(arguments);
    if (tool == "drawing") sound_or_refused([&] { parse_strokes(arguments.text("strokes")); });
  });
  sound_or_refused([&] { parse_strokes(text_of(data, size)); });
  sound_or_refused([&] { parse_picture_plan(text_of(data, size)); });
}

}  // namespace lf::fuzz
