#include "base/assignment.h"

#include <gtest/gtest.h>

namespace lf {
namespace {

TEST(Assignment, IsSplitAtTheFirstEqualsSign) {
  const auto found = split_assignment("path=a=b");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->key, "path");
  EXPECT_EQ(found->value, "a=b");
}

TEST(Assignment, PartsMayBeEmptyButTheSignMustBeThere) {
  ASSERT_TRUE(split_assignment("="));
  EXPECT_EQ(split_assignment("=")->key + split_assignment("=")->value, "");
  EXPECT_FALSE(split_assignment("word"));
  EXPECT_FALSE(split_assignment(""));
}

}  // namespace
}  // namespace lf
