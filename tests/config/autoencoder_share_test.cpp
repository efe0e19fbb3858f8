#include "config/autoencoder_share.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lf {
namespace {

constexpr int64_t kDigits = 60000;

TEST(AutoencoderShare, FollowsTheFlowsDigits) {
  const Settings settings("fast");
  EXPECT_DOUBLE_EQ(autoencoder_epochs(settings, 3000, kDigits), 0.2 * 256 * 3000 / kDigits);
  EXPECT_DOUBLE_EQ(encoder_epochs(settings, 3000, kDigits), 0.1 * 256 * 3000 / kDigits);
  EXPECT_DOUBLE_EQ(autoencoder_epochs(settings, 3000, 2 * kDigits), 0.5 * 0.2 * 256 * 3000 / kDigits)
      << "epochs of a larger set are fewer";
}

TEST(AutoencoderShare, IsHalfAnEpochAtLeast) {
  const Settings settings("fast");
  EXPECT_EQ(autoencoder_epochs(settings, 1, kDigits), 0.5);
  EXPECT_EQ(encoder_epochs(settings, 1000, kDigits), 0.5);
  EXPECT_EQ(autoencoder_epochs(settings, 1, 100), 0.5) << "a batch is never larger than the set";
}

TEST(AutoencoderShare, ANumberIsTakenAsItIs) {
  Settings settings("fast");
  settings.autoencoder.epochs = 3;
  settings.autoencoder.freeze = 0.25;
  for (const int64_t flow_steps : {1, 100000}) {
    EXPECT_EQ(autoencoder_epochs(settings, flow_steps, kDigits), 3);
    EXPECT_EQ(encoder_epochs(settings, flow_steps, kDigits), 0.25);
  }
  settings.autoencoder.freeze = NumberWord::End;
  EXPECT_TRUE(std::isinf(encoder_epochs(settings, 1, kDigits)));
}

}  // namespace
}  // namespace lf
