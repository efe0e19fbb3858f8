// After which epochs of the flow a run draws a grid of samples: "1,50,100,final".
#pragma once

#include <cstdint>
#include <set>
#include <string>

namespace lf {

struct PicturePlan {
  std::set<int64_t> epochs;  ///< counted from 1
  bool final = false;        ///< also when the run has spent its budget

  bool empty() const { return epochs.empty() && !final; }
};

/// Reads such a list; "" is an empty plan. Throws InputError that names the part it cannot read.
PicturePlan parse_picture_plan(const std::string& text);

}  // namespace lf
