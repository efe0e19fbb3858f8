// The epochs of the flow after which a run writes a grid of samples: "1,50,100,final".
#pragma once

#include <cstdint>
#include <set>
#include <string>

namespace lf {

struct PicturePlan {
  std::set<int64_t> epochs;  ///< counted from 1
  bool final = false;        ///< also at the end of the budget

  bool empty() const { return epochs.empty() && !final; }
};

/// Parses such a list; "" is an empty plan. Throws InputError that names the part it cannot parse.
PicturePlan parse_picture_plan(const std::string& text);

}  // namespace lf
