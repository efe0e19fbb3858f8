#include "training/judge/trainer.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "base/errors.h"
#include "base/image_shape.h"
#include "metrics/image_bytes.h"
#include "sliced_work.h"
#include "toy_digits.h"
#include "training/judge/digit_distortion.h"

namespace lf::training {
namespace {

JudgeTrainerOptions quick() {
  JudgeTrainerOptions options;
  options.epochs = 4;
  options.batch = 32;
  options.averaging = 0.9;
  options.data_digest = "toy";
  return options;
}

metrics::Judge train(const files::ImageSet& digits, const files::ImageSet& test, uint64_t seed) {
  JudgeTrainer trainer(digits, test, seed, quick());
  complete_watched(trainer);
  return trainer.finish();
}

TEST(JudgeTrainer, LearnsEasyDigitsAndCalibratesItself) {
  files::ImageSet digits = toy_digits(960, 1), test = toy_digits(300, 2);
  metrics::Judge judge = train(digits, test, 1);
  const metrics::JudgeFacts& facts = judge.facts();
  EXPECT_GE(facts.accuracy, 0.9);
  EXPECT_EQ(facts.train.count, 960);
  EXPECT_EQ(facts.label_counts[3], 96);
  EXPECT_EQ(facts.data_digest, "toy");
  EXPECT_LT(facts.calibration.test, facts.calibration.noise_01);
  EXPECT_LT(facts.calibration.noise_005, facts.calibration.noise_01);
  ASSERT_EQ(facts.floors.size(), 2u);  // 64 and 256 of 960
  EXPECT_GT(facts.floors[0].fd, facts.floors[1].fd);
  // The statistics belong to the weights as stored in the file.
  metrics::GaussianStats again = metrics::gaussian_stats(judge.run(metrics::image_view(digits)).features);
  EXPECT_NEAR(metrics::fd_percent(again, facts.train), 0, 1e-6);
}

TEST(JudgeTrainer, GoesInSlicesAndTellsHowFarItIs) {
  files::ImageSet digits = toy_digits(320, 1), test = toy_digits(100, 2);
  JudgeTrainer trainer(digits, test, 1, quick());
  EXPECT_STREQ(trainer.phase(), "training");
  EXPECT_THROW(trainer.finish(), RunError);
  double last = 0;
  while (trainer.advance()) {
    EXPECT_GT(trainer.progress(), last);
    last = trainer.progress();
    if (trainer.step() == 40) {
      EXPECT_STREQ(trainer.phase(), "calibrating");
    }
  }
  EXPECT_STREQ(trainer.phase(), "done");
  EXPECT_EQ(trainer.progress(), 1);
}

TEST(JudgeTrainer, GivesTheSameJudgeForTheSameSeed) {
  files::ImageSet digits = toy_digits(320, 1), test = toy_digits(100, 2);
  EXPECT_EQ(train(digits, test, 1).name(), train(digits, test, 1).name());
  EXPECT_NE(train(digits, test, 1).name(), train(digits, test, 2).name());
}

TEST(JudgeTrainer, RefusesSetsItCannotUse) {
  files::ImageSet digits = toy_digits(320, 1), few = toy_digits(5, 1), damaged = digits;
  damaged.images.bytes.resize(100);
  EXPECT_THROW(JudgeTrainer(few, digits, 1), InputError);
  EXPECT_THROW(JudgeTrainer(digits, files::ImageSet{}, 1), InputError);
  EXPECT_THROW(JudgeTrainer(damaged, digits, 1), InputError);
}

TEST(JudgeTrainer, RefusesDigitsWithoutSpread) {
  const files::ImageSet digits = toy_digits(320, 1);
  files::ImageSet same = digits, one_class = digits, black = digits;
  for (size_t i = 1; i < same.size(); ++i)
    std::copy_n(same.images.image(0).pixels, kDigitPixels, same.images.image_data(i));
  std::fill(one_class.labels.begin(), one_class.labels.end(), uint8_t{3});
  std::fill(black.images.bytes.begin(), black.images.bytes.end(), uint8_t{0});
  for (const files::ImageSet* flat : {&same, &one_class, &black})
    EXPECT_THROW(JudgeTrainer(*flat, digits, 1), InputError);
}

TEST(JudgeTrainer, MakesAJudgeThatItsFileGivesBackAlsoOfVeryFewKinds) {
  files::ImageSet digits = toy_digits(320, 1), test = toy_digits(100, 2);
  for (files::ImageSet* set : {&digits, &test})
    for (size_t i = 2; i < set->size(); ++i) {
      std::copy_n(set->images.image(i % 2).pixels, kDigitPixels, set->images.image_data(i));
      set->labels[i] = set->labels[i % 2];
    }
  EXPECT_EQ(metrics::fault_of(train(digits, test, 1).facts()), "");
}

TEST(DigitDistortion, IsNothingForARangeOfZeroAndSmallOtherwise) {
  files::ImageSet set = toy_digits(50, 3);
  at::Tensor images = metrics::to_unit(metrics::image_view(set));
  at::Generator generator = at::detail::createCPUGenerator(1);
  EXPECT_TRUE(at::allclose(distort_digits(images, {0, 0, 0, 0}, generator), images, 1e-4, 1e-4));
  at::Tensor distorted = distort_digits(images, {}, generator);
  EXPECT_GT((distorted - images).abs().mean().item<double>(), 0.005);
  EXPECT_NEAR(distorted.mean().item<double>(), images.mean().item<double>(), 0.02);  // the ink stays inside
}

TEST(DigitDistortion, ShiftsByPixels) {
  at::Tensor images = at::zeros({200, 1, 28, 28});
  images.narrow(2, 13, 2).narrow(3, 13, 2).fill_(1);
  DistortionRange only_shift{0, 0, 0, 2};
  at::Tensor moved = distort_digits(images, only_shift, at::detail::createCPUGenerator(1));
  at::Tensor columns = (moved.sum({1, 2}) * at::arange(28)).sum(1) / moved.sum({1, 2, 3});
  EXPECT_NEAR(columns.max().item<double>(), 13.5 + 2, 0.15);
  EXPECT_NEAR(columns.min().item<double>(), 13.5 - 2, 0.15);
}

}  // namespace
}  // namespace lf::training
