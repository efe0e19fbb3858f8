#include "figures/animation.h"

#include <gtest/gtest.h>

#include "files/image/read_image.h"
#include "grey_sheet.h"
#include "input_error_of.h"
#include "temporary_folder.h"

namespace lf::figures {
namespace {

/// Three states of ten digits: black, grey, white.
ImageSheet three_states() {
  ImageSheet sheet;
  for (const uint8_t value : {0, 128, 255}) sheet.append(grey_sheet(10, value));
  return sheet;
}

int count_grey(const files::Image8& image, uint8_t value) {
  int count = 0;
  for (size_t i = 0; i < image.pixels.size(); i += size_t(image.channels))
    count += image.pixels[i] == value && image.pixels[i + 1] == value && image.pixels[i + 2] == value;
  return count;
}

TEST(FlowFrames, BeginWithNoiseAndEndWithDigits) {
  const Frames frames = flow_frames({0, 0.5, 1}, three_states(), {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  ASSERT_EQ(frames.count, 3u);
  EXPECT_GE(count_grey(frames.draw(0), 0), 10 * 56 * 56);
  EXPECT_EQ(count_grey(frames.draw(1), 128), 10 * 56 * 56);
  EXPECT_GE(count_grey(frames.draw(2), 255), 10 * 56 * 56);
}

TEST(StripFrames, ColumnsAppearWithT) {
  const Frames frames = strip_frames({0, 0.5, 1}, three_states(), {});
  ASSERT_EQ(frames.count, 3u);
  EXPECT_EQ(count_grey(frames.draw(0), 128), 0);
  EXPECT_EQ(count_grey(frames.draw(1), 128), 8 * 56 * 56) << "eight rows";
  EXPECT_EQ(count_grey(frames.draw(2), 128), 8 * 56 * 56);
  EXPECT_GE(count_grey(frames.draw(2), 255), 8 * 56 * 56);
}

TEST(TrainingFrames, HaveOneForEachStep) {
  const Frames frames = training_frames({10, 200, 3000}, three_states(), {});
  ASSERT_EQ(frames.count, 3u);
  EXPECT_EQ(count_grey(frames.draw(1), 128), 10 * 56 * 56);
}

TEST(TrainingFrames, SizesThatDisagreeAreRefused) {
  EXPECT_NE(input_error_of([] {
              training_frames({1, 2}, grey_sheet(3, 0), {});
            }).find("2 states"),
            std::string::npos);
  EXPECT_NE(input_error_of([] {
              flow_frames({0, 1}, grey_sheet(4, 0), {1});
            }).find("1 labels"),
            std::string::npos);
}

TEST(Animation, IsWrittenFrameByFrameAndRestsOnTheLast) {
  const lf::testing::TemporaryFolder folder;
  const auto path = folder.path() / "flow.gif";
  if (!files::gif_problem().empty()) GTEST_SKIP() << files::gif_problem();
  Animation animation(path, flow_frames({0, 0.5, 1}, three_states(), {}));
  EXPECT_EQ(animation.progress(), 0);
  int slices = 1;
  while (animation.advance()) {
    ++slices;
    EXPECT_FALSE(std::filesystem::exists(path));
  }
  EXPECT_EQ(slices, 4) << "three frames and the end";
  EXPECT_EQ(animation.progress(), 1);
  EXPECT_GT(files::read_image(path, 3).width, 0);
}

TEST(Animation, OneThatIsDroppedLeavesNoFile) {
  const lf::testing::TemporaryFolder folder;
  for (const files::AnimationKind& kind : files::animation_kinds()) {
    if (!kind.problem().empty()) continue;
    Animation animation(folder.path() / (std::string("flow") + kind.ending),
                        flow_frames({0, 0.5, 1}, three_states(), {}));
    animation.advance();
    animation.advance();
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Animation, OtherEndingsAreRefused) {
  EXPECT_NE(input_error_of([] {
              Animation("flow.avi", flow_frames({0, 0.5, 1}, three_states(), {}));
            }).find(".webp"),
            std::string::npos);
}

}  // namespace
}  // namespace lf::figures
