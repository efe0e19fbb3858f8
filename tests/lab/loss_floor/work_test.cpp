// Loss by t with its irreducible part, compared with closed forms and with core/flow.
#include <gtest/gtest.h>

#include <cmath>

#include "base/image_shape.h"
#include "data/generator.h"
#include "lab/lab.h"
#include "lab/loss_floor/result.h"
#include "loss_floor.h"
#include "random_data.h"
#include "random_model.h"
#include "training/latents.h"

namespace lf::lab {
namespace {

constexpr size_t kGroups = LabLossFloor::kGroups;

std::shared_ptr<const LabLossFloor> answer_of(const inference::Model& model, const data::DataTensors& data) {
  Lab lab;
  lab.set_model(&model);
  lab.set_data(&data);
  lab.open("loss-floor");
  for (int i = 0; lab.due() && i < 10000; ++i) lab.advance();
  EXPECT_TRUE(lab.block()->complete);
  EXPECT_EQ(lab.block()->problem, "");
  return lab.block()->as<LabLossFloor>();
}

/// The distribution of x1 in training.
flow::ExactField law_of(const inference::Model& model, const at::Tensor& pixels) {
  const models::Posterior q =
      model.autoencoder->encode(data::image_batch(pixels, at::arange(pixels.size(0))));
  const at::Tensor mean = model.standardisation.to_standard(q.mean.reshape({-1, 64}));
  const at::Tensor deviation =
      model.settings.autoencoder.latent_noise * (q.log_variance * 0.5).exp().reshape({-1, 64});
  return flow::ExactField(mean, deviation / model.standardisation.scale, 0);
}

TEST(LossFloorTool, LossIsFloorAndGapWithinTheirErrors) {
  const auto model = random_model();
  const data::DataTensors data = random_data();
  const auto found = answer_of(*model, data);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->all.size(), found->t.size());
  EXPECT_EQ(found->latents, 200);
  EXPECT_EQ(found->hidden, 0.1);
  const auto check = [](const LabLossParts& p) {
    EXPECT_GT(p.loss.error, 0);
    EXPECT_NEAR(p.loss.mean, p.floor.mean + p.gap.mean, 5 * (p.loss.error + p.floor.error));
    EXPECT_GT(p.gap.mean, 0);
  };
  for (const LabLossParts& p : found->all) check(p);
  check(found->mean);
  for (const LabLossParts& p : found->group_means) check(p);
}

TEST(LossFloorTool, WeighsDigitsHiddenLabelsAndTimesAsTrainingDoes) {
  const auto model = random_model();
  const auto found = answer_of(*model, random_data());
  ASSERT_TRUE(found);
  double shares = 0, mean = 0;
  for (size_t i = 0; i < found->t.size(); ++i) {
    double all = 0;
    for (size_t g = 0; g < kGroups; ++g)
      all += (g + 1 < kGroups ? 0.09 : 0.1) * found->groups[i * kGroups + g].loss.mean;
    EXPECT_NEAR(found->all[i].loss.mean, all, 1e-9);
    shares += found->time_share[i];
    mean += found->time_share[i] * all;
  }
  EXPECT_NEAR(shares, 1, 1e-5);
  EXPECT_NEAR(found->mean.loss.mean, mean, 1e-6);
  // Logit-normal times: the middle is more frequent than the ends.
  EXPECT_GT(found->time_share[10], 3 * found->time_share[0]);
}

TEST(LossFloorTool, TheFloorIsTheConditionalFloorOfTheLaw) {
  const auto model = random_model();
  const data::DataTensors data = random_data();
  const auto found = answer_of(*model, data);
  ASSERT_TRUE(found);
  const flow::ExactField law = law_of(*model, data.train_pixels);
  auto g = data::make_generator(5, Purpose::Sample);
  for (const size_t i : {size_t{2}, size_t{10}, size_t{17}}) {
    const LossFloor floor = conditional_loss_floor(law, data.train_labels, found->t[i], 400, 0.1, g);
    EXPECT_NEAR(found->all[i].floor.mean, floor.mean, 5 * (floor.standard_error + found->all[i].floor.error));
  }
}

TEST(LossFloorTool, OneDigitHasTheFloorOfItsPosterior) {
  const auto model = random_model("dit");  // unconditional
  data::DataTensors data = random_data();
  data.train_pixels = data.train_pixels.narrow(0, 0, 1).expand({40, kDigitPixels}).contiguous();
  data.train_labels = at::zeros({40}, at::kLong);
  const auto found = answer_of(*model, data);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->hidden, 1);
  const models::Posterior q = model->autoencoder->encode(data::image_batch(data.train_pixels, at::arange(1)));
  const at::Tensor s = model->settings.autoencoder.latent_noise *
                       (q.log_variance * 0.5).exp().reshape({1, 64}).to(at::kDouble) /
                       model->standardisation.scale;
  for (size_t i = 0; i < found->t.size(); ++i) {
    const double t = found->t[i];
    const at::Tensor d = s.square() * (t * t) + (1 - t) * (1 - t);
    EXPECT_NEAR(found->all[i].floor.mean, (s.square() / d).mean().item<double>(),
                5 * found->all[i].floor.error);
    EXPECT_EQ(found->groups[i * kGroups + 3].loss.mean, 0) << "a net without labels is told no 3";
  }
}

TEST(LossFloorTool, NeedsTheDigits) {
  const auto model = random_model();
  Lab lab;
  lab.set_model(model.get());
  lab.open("loss-floor");
  for (int i = 0; lab.due() && i < 10; ++i) lab.advance();
  EXPECT_NE(lab.block()->problem.find("not available"), std::string::npos);
}

}  // namespace
}  // namespace lf::lab
