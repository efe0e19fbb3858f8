#include "config/picture_plan.h"

#include <cmath>
#include <sstream>

#include "base/errors.h"
#include "base/number_text.h"

namespace lf {
namespace {

constexpr double kMostEpoch = 1e6;

}  // namespace

PicturePlan parse_picture_plan(const std::string& text) {
  PicturePlan plan;
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    if (part == "final") {
      plan.final = true;
      continue;
    }
    const auto epoch = parse_number(part);
    if (!epoch || *epoch != std::floor(*epoch) || *epoch < 1 || *epoch > kMostEpoch) {
      throw InputError("pictures: '" + part +
                       "' is not an epoch; give whole numbers from 1 and 'final', such as 1,50,100,final");
    }
    plan.epochs.insert(static_cast<int64_t>(*epoch));
  }
  return plan;
}

}  // namespace lf
