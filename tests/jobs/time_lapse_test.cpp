// `time-lapse`: digits over the marks of a run.
#include <gtest/gtest.h>

#include "base/errors.h"
#include "data/batches.h"
#include "expect_error.h"
#include "files/image/gif.h"
#include "files/image/read_image.h"
#include "files/tensors/npy.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "jobs/job.h"
#include "random_model.h"
#include "sliced_work.h"
#include "temporary_folder.h"

namespace lf::jobs {
namespace {

class TimeLapseJobTest : public ::testing::Test {
 protected:
  TimeLapseJobTest() : marks(folder.path()) {
    for (const int64_t step : {0, 3, 10}) {
      model->flow_steps = step;
      model->average->parameters().flat().mul_(1.1);
      marks.keep(*model);
    }
  }
  JobResult run(const TimeLapseCommand& command) {
    const auto job = make_time_lapse_job(*model, marks, command);
    complete_watched(*job);
    return job->finish();
  }
  TimeLapseCommand asking(const std::string& name, int64_t count = 6) {
    TimeLapseCommand command;
    command.out = (folder / name).string();
    command.count = count;
    return command;
  }

  testing::TemporaryFolder folder;
  std::unique_ptr<inference::Model> model = random_model();
  run::Marks marks;
};

TEST_F(TimeLapseJobTest, EveryMarkSamplesTheSameNoise) {
  run(asking("x.npy"));
  const auto array = files::read_npy(folder / "x.npy");
  EXPECT_EQ(array.shape, (std::vector<int64_t>{18, 28, 28}));
  const auto third = marks.load(10, *model);
  const at::Tensor expected =
      inference::sample_pixels(*third, inference::cycled_labels(0, 6, -1),
                               inference::sample_options(model->settings), inference::preview_noise(7, 6));
  const ImageSheet sheet = data::image_sheet(expected);
  EXPECT_TRUE(std::equal(sheet.bytes.begin(), sheet.bytes.end(), array.bytes.end() - 6 * 784));
}

TEST_F(TimeLapseJobTest, AStripHasARowPerDigitAndAColumnPerStep) {
  const JobResult made = run(asking("x.png", 4));
  EXPECT_EQ(made.paths.size(), 1u);
  EXPECT_NE(made.text.find("3 steps of training, from 0 to 10"), std::string::npos) << made.text;
  run(asking("y.png", 8));
  const files::Image8 few = files::read_image(folder / "x.png"), more = files::read_image(folder / "y.png");
  EXPECT_EQ(more.width, few.width);
  EXPECT_GT(more.height, few.height);
}

TEST_F(TimeLapseJobTest, AnAnimationHasAFrameForEach) {
  if (!files::gif_available()) GTEST_SKIP() << "this build writes no GIFs";
  run(asking("x.gif"));
  EXPECT_GT(std::filesystem::file_size(folder / "x.gif"), 1000u);
}

TEST_F(TimeLapseJobTest, WhatCannotBeIsRefusedBeforeAnythingIsSampled) {
  testing::expect_error<InputError>("must end in .png, .svg, .pdf, .csv, .npy, .gif, .webp, .mp4",
                                    [&] { run(asking("x.bmp")); });
  const run::Marks none(folder / "nowhere");
  testing::expect_error<InputError>("has no marks",
                                    [&] { make_time_lapse_job(*model, none, asking("x.png")); });
}

TEST_F(TimeLapseJobTest, ADamagedMarkIsNamed) {
  std::filesystem::resize_file(folder.path() / "marks" / "flow-00000003.safetensors", 100);
  testing::expect_error<InputError>("flow-00000003", [&] { run(asking("x.png")); });
  EXPECT_FALSE(std::filesystem::exists(folder / "x.png"));
}

}  // namespace
}  // namespace lf::jobs
