// The settings that a branch may change.
#include "config/branch_settings.h"

#include <gtest/gtest.h>

#include "base/errors.h"
#include "expect_error.h"

namespace lf {
namespace {

TEST(BranchSettings, AreReadFromWordsAndCompared) {
  const Settings parent("fast");
  const Settings branch = branched_settings(parent, "flow.lr=0.002  flow.label_drop=0.25");
  EXPECT_EQ(branch.flow.lr, 0.002);
  EXPECT_EQ(branch.flow.label_drop, 0.25);
  EXPECT_EQ(branch.flow.width, parent.flow.width);
  EXPECT_EQ(changed_settings(parent, branch),
            (std::vector<std::string>{"flow.label_drop=0.25", "flow.lr=0.002"}));
  EXPECT_EQ(changed_settings(branch, parent),
            (std::vector<std::string>{"flow.label_drop=0.1", "flow.lr=0.006"}));
  EXPECT_TRUE(changed_settings(parent, branched_settings(parent, "")).empty());
}

TEST(BranchSettings, WhatChangesShapesIsRefusedWithWhatIsPossible) {
  for (const char* words : {"flow.width=64", "autoencoder.beta=0.1", "flow.optimizer=adamw",
                            "flow.precondition=off", "threads=1", "arithmetic=float32"})
    testing::expect_error<InputError>("flow.label_drop", [&] { branched_settings(Settings("fast"), words); });
  testing::expect_error<InputError>("flow.lr", [] { branched_settings(Settings("fast"), "flow.lr=9999"); });
  testing::expect_error<InputError>("key=value", [] { branched_settings(Settings("fast"), "flow.lr"); });
}

TEST(BranchSettings, AreAllInTheTable) {
  for (const std::string& key : branch_settings()) EXPECT_EQ(setting_info(key).key, key);
}

}  // namespace
}  // namespace lf
