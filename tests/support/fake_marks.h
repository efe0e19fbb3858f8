// Marks of a made-up run.
#pragma once

#include <memory>

#include "protocol/snapshot.h"

namespace lf {

/// One at the square of every number whose square is at most `step`; every second is drawn. The `chosen`-th
/// is shown; −1 none.
inline std::shared_ptr<const MarksBlock> fake_marks(int64_t step, int64_t chosen) {
  auto marks = std::make_shared<MarksBlock>();
  for (int64_t k = 0; k * k <= step; ++k) {
    marks->steps.push_back(k * k);
    marks->drawn.push_back(k % 2 == 0 ? 1 : 0);
  }
  if (chosen >= 0) marks->chosen = chosen * chosen;
  marks->shown = chosen >= 0;
  return marks;
}

}  // namespace lf
