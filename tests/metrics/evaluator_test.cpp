#include "metrics/evaluator.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/errors.h"
#include "metrics/image_bytes.h"
#include "toy_digits.h"
#include "toy_judge.h"

namespace lf::metrics {
namespace {

const files::ImageSet& toys() {
  static const files::ImageSet set = toy_digits(2000, 1);
  return set;
}

// "Generates" real images of the requested classes: toy labels cycle, so image 10 k + digit shows
// that digit.
at::Tensor real_images(const at::Tensor& labels, uint64_t block) {
  at::Tensor turn = at::arange(labels.size(0)) * 7 + static_cast<int64_t>(block) * 31;
  return image_view(toys()).index_select(0, (turn % 200) * 10 + labels);
}

at::Tensor noisy(const at::Tensor& images, double sigma) {
  at::Generator generator = at::detail::createCPUGenerator(9);
  at::Tensor unit = to_unit(images);
  return to_bytes(unit + sigma * at::randn(unit.sizes(), generator));
}

EvaluationRequest request_for(ImageSource source) {
  EvaluationRequest request;
  request.count = 1000;
  request.generate = std::move(source);
  return request;
}

Evaluation run(EvaluationRequest request) {
  Evaluator evaluator(toy_judge(toys()), std::move(request));
  double last = -1;
  while (evaluator.advance()) {
    EXPECT_GT(evaluator.progress(), last);
    EXPECT_LE(evaluator.progress(), 1);
    last = evaluator.progress();
  }
  EXPECT_EQ(evaluator.progress(), 1);
  EXPECT_FALSE(evaluator.advance());
  return evaluator.finish();
}

double fd_of(ImageSource source) { return run(request_for(std::move(source))).fd; }

TEST(Evaluator, OfTheTrainingSetItselfIsZero) {
  // The features of all training images in another order and other blocks.
  Judge judge = toy_judge(toys());
  FeatureStats stats(kJudgeFeatures);
  for (const at::Tensor& block : image_view(toys()).flip(0).split(100))
    stats.add(judge.run_block(block).features);
  EXPECT_NEAR(fd_percent(stats.finish(), judge.facts().train), 0, 1e-6);
}

TEST(Evaluator, RanksPlantedCorruptions) {
  double real = fd_of(real_images);
  auto with_noise = [&](double sigma) {
    return fd_of([=](const at::Tensor& l, uint64_t b) { return noisy(real_images(l, b), sigma); });
  };
  double little = with_noise(0.05), more = with_noise(0.1);
  double blurred = fd_of([](const at::Tensor& l, uint64_t b) {
    return to_bytes(at::avg_pool2d(to_unit(real_images(l, b)), 3, 1, 1));
  });
  double missing = fd_of([](const at::Tensor& l, uint64_t b) {
    return real_images(at::where(l == 4, at::zeros_like(l), l), b);
  });
  EXPECT_LT(real, little);
  EXPECT_LT(little, more);
  EXPECT_LT(more, blurred);
  EXPECT_GT(missing, 3 * real);
}

TEST(Evaluator, MeasuresReconstructionsAndCopies) {
  files::ImageSet test = toy_digits(500, 77);
  EvaluationRequest request = request_for(real_images);
  request.reconstruct = [](const at::Tensor& images) { return (to_unit(images) + 0.1).squeeze(1); };
  request.test_images = image_view(test);
  request.train_images = image_view(toys());
  Evaluation result = run(request);
  EXPECT_NEAR(result.psnr, 20, 0.01);
  EXPECT_GT(result.rfd, 0);
  EXPECT_EQ(result.memorisation, 1) << "every sample is a training picture";
  EXPECT_TRUE(result.memorisation_alarm);
  EXPECT_EQ(result.count, 1000);
  EXPECT_EQ(result.judge, toy_judge(toys()).name());
}

TEST(Evaluator, LeavesOutWhatIsNotAskedFor) {
  EvaluationRequest request = request_for(real_images);
  request.labelled = false;
  Evaluation result = run(request);
  EXPECT_TRUE(std::isnan(result.rfd));
  EXPECT_TRUE(std::isnan(result.psnr));
  EXPECT_TRUE(std::isnan(result.memorisation));
  EXPECT_TRUE(std::isnan(result.accuracy));
  EXPECT_FALSE(result.copies.has_value());
  EXPECT_NEAR(result.mean_ink, mean_ink(image_view(toys())), 0.005);
  EXPECT_NEAR(result.fd_floor, 0.2, 1e-12);
}

TEST(Evaluator, GivesTheSameFiguresTwice) {
  Evaluation a = run(request_for(real_images)), b = run(request_for(real_images));
  EXPECT_EQ(a.fd, b.fd);
  EXPECT_EQ(a.confusion, b.confusion);
}

TEST(Evaluator, DrawsDigitsByTheTrainingShares) {
  std::array<int64_t, 10> counts{};
  counts[2] = 300;
  counts[7] = 100;
  at::Tensor digits = draw_digits(counts, 4000, 1);
  EXPECT_NEAR(digits.eq(2).sum().item<int64_t>(), 3000, 150);
  EXPECT_EQ(digits.eq(2).logical_or(digits.eq(7)).sum().item<int64_t>(), 4000);
  EXPECT_TRUE(at::equal(digits, draw_digits(counts, 4000, 1)));
  EXPECT_FALSE(at::equal(digits, draw_digits(counts, 4000, 2)));
}

TEST(Evaluator, RefusesUnusableRequests) {
  Judge judge = toy_judge(toys());
  EXPECT_THROW(Evaluator(judge, EvaluationRequest{}), InputError);
  EvaluationRequest one = request_for(real_images), wide = one, broken = one;
  one.count = 1;
  EXPECT_THROW(Evaluator(judge, one), InputError);
  wide.block = 5000;
  EXPECT_THROW(Evaluator(judge, wide), InputError);
  EXPECT_THROW(Evaluator(judge, request_for(real_images)).finish(), RunError);
  broken.generate = [](const at::Tensor&, uint64_t) { return at::zeros({1, 28, 28}, at::kByte); };
  EXPECT_THROW(Evaluator(judge, broken).advance(), RunError);
}

}  // namespace
}  // namespace lf::metrics
