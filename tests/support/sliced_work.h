// Sliced work, done to its end under watch.
#pragma once

#include <gtest/gtest.h>

#include "base/sliced_work.h"

namespace lf {

/// Advances `work` to its end. Its progress must stay in [0, 1] and must not fall. Returns the number of
/// slices.
inline int64_t complete_watched(SlicedWork& work) {
  int64_t slices = 1;
  double before = work.progress();
  EXPECT_GE(before, 0);
  for (; work.advance(); ++slices) {
    const double now = work.progress();
    EXPECT_GE(now, before) << "in slice " << slices;
    EXPECT_LE(now, 1) << "in slice " << slices;
    before = now;
  }
  return slices;
}

}  // namespace lf
