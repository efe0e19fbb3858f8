// The rules of the speedrun.
#include "config/speedrun.h"

#include <gtest/gtest.h>

#include "config/settings.h"
#include "protocol/command_limits.h"

namespace lf {
namespace {

TEST(SpeedrunRules, HarderTargetsTakeLonger) {
  const auto& table = speedrun_targets();
  ASSERT_EQ(table.size(), 4u);
  for (size_t i = 1; i < table.size(); ++i) {
    EXPECT_LT(table[i].fd, table[i - 1].fd);
    EXPECT_GT(table[i].flow_steps, table[i - 1].flow_steps);
  }
}

TEST(SpeedrunRules, ATargetIsFoundByItsScore) {
  ASSERT_NE(speedrun_target(2.5), nullptr);
  EXPECT_EQ(speedrun_target(2.5)->fd, 2.5);
  EXPECT_EQ(speedrun_target(2.4), nullptr);
}

TEST(SpeedrunRules, ThePrintedRulesNameEveryNumber) {
  std::string all;
  for (const auto& line : speedrun_rules()) {
    EXPECT_LE(line.size(), 120u) << line;
    all += line + "\n";
  }
  for (const char* part : {"6 %", "2.5 %", "1 %", "0.6 %", "10,000", "at most 8 function evaluations", "80 %",
                           "1.75 times", "4395016"})
    EXPECT_NE(all.find(part), std::string::npos) << part << "\n" << all;
}

}  // namespace
}  // namespace lf
