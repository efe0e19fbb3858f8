// On a card: the captured steps compared with the same arithmetic on the processor. Without a card
// every test is skipped.
#include <gtest/gtest.h>

#include <memory>

#include "data/batches.h"
#include "data/generator.h"
#include "data/stroke_digits.h"
#include "host_accelerator.h"
#include "library/open_accelerator.h"
#include "models/velocity_dit.h"
#include "preview/preview_stream.h"
#include "test_paths.h"
#include "training/autoencoder/trainer.h"
#include "training/flow/trainer.h"

namespace lf::cuda {
namespace {

class OnACard : public ::testing::Test {
 protected:
  void SetUp() override {
    found_ = library::open_accelerator(CUDA_PLUGIN);
    if (!found_.device) GTEST_SKIP() << "no CUDA device to test on: " << found_.reason;
  }
  library::FoundAccelerator found_;
};

/// A flow trainer on artificial latents; `accelerator` decides where.
struct Flow {
  Flow(training::Accelerator& accelerator, int64_t steps, flow::TimeLaw law = flow::TimeLaw::Mixed) {
    const models::VelocityDitConfig config{1, 64, 2, 4, 3};
    net = std::make_unique<models::VelocityDit>(config, data::make_generator(1, Purpose::FlowInit), true);
    net->move_to(accelerator.device(), true);
    average = net->copy();
    auto generator = data::make_generator(5, Purpose::HeldOut);
    latents = std::make_unique<training::LatentCache>(
        training::Latents{at::randn({5000, 64}, generator, at::kFloat) * 2 + 1, at::full({5000, 64}, 0.5f)});
    training::FlowTrainingOptions options;
    options.batch = 256;
    options.total_steps = steps;
    options.warmup = 5;
    options.time_law = law;
    trainer = std::make_unique<training::FlowTrainer>(
        *net, *average, *latents, training::standardise(latents->all()),
        at::arange(5000, at::kLong).remainder(10), options, &accelerator);
  }
  std::vector<double> train() {
    std::vector<double> losses;
    while (!trainer->done()) {
      if (trainer->advance_step()) losses.push_back(trainer->report().loss);
    }
    return losses;
  }
  at::Tensor weights() const { return net->parameters().flat().cpu(); }
  std::unique_ptr<models::VelocityNet> net, average;
  std::unique_ptr<training::LatentCache> latents;
  std::unique_ptr<training::FlowTrainer> trainer;
};

/// ‖a − b‖ relative to the distance of b from its start.
double distance(const at::Tensor& a, const at::Tensor& b, const at::Tensor& begin) {
  return ((a - b).norm() / (b - begin).norm()).item<double>();
}

TEST_F(OnACard, FirstLossesAreTheProcessors) {  // v ≡ 0: only the batch determines them
  for (const auto& [name, law] : flow::time_laws()) {
    testing::HostAccelerator host;
    Flow there(*found_.device, 1, law), here(host, 1, law);
    EXPECT_NEAR(there.train()[0], here.train()[0], 1e-4) << name;
  }
}

TEST_F(OnACard, FlowStepsFollowTheProcessors) {
  testing::HostAccelerator host;
  Flow there(*found_.device, 25), here(host, 25);
  const at::Tensor begin = here.weights().clone();
  const auto losses = there.train(), expected = here.train();
  ASSERT_EQ(losses.size(), 25u);
  for (size_t i = 0; i < losses.size(); ++i) EXPECT_NEAR(losses[i], expected[i], 0.02 * expected[i]) << i;
  EXPECT_LT(distance(there.weights(), here.weights(), begin), 0.15);  // bfloat16 products against float32
  EXPECT_LT(distance(there.average->parameters().flat().cpu(), here.average->parameters().flat(), begin),
            0.15);
  EXPECT_EQ(there.net->parameters().flat_gradient().abs().max().item<float>(), 0.0f);
}

TEST_F(OnACard, EveryReplayDrawsAnew) {
  Flow there(*found_.device, 30);
  const auto losses = there.train();
  for (size_t i = 1; i < losses.size(); ++i) EXPECT_NE(losses[i], losses[i - 1]);
}

TEST_F(OnACard, ResumedStepsAreThoseOfTheWholeRun) {
  Flow whole(*found_.device, 30), half(*found_.device, 30), resumed(*found_.device, 30);
  const auto expected = whole.train();
  half.trainer->stop_at(12);
  while (half.trainer->step() < 12) half.trainer->advance_step();
  std::map<std::string, at::Tensor> saved;
  for (const auto& [name, value] : half.trainer->to_map()) saved[name] = value.cpu().clone();
  resumed.net->parameters().copy_from(half.net->parameters());
  resumed.average->parameters().copy_from(half.average->parameters());
  resumed.trainer->load(saved, "file");
  const auto rest = resumed.train();
  ASSERT_EQ(rest.size(), 18u);
  for (size_t i = 0; i < rest.size(); ++i) EXPECT_NEAR(rest[i], expected[12 + i], 1e-3 * expected[12 + i]);
}

TEST_F(OnACard, AutoencoderStepsFollowTheProcessors) {
  const at::Tensor pixels = data::pixel_tensor(data::make_stroke_digits(1000, 10).train);
  training::AutoencoderTrainingOptions options;
  options.batch = 32;
  options.total_steps = 12;
  options.beta_warmup = 10;
  std::vector<double> losses[2];
  testing::HostAccelerator host;
  for (const bool there : {false, true}) {
    training::Accelerator& accelerator = there ? *found_.device : static_cast<training::Accelerator&>(host);
    models::ConvAutoencoder net(models::conv_autoencoder_config("conv-64-96-128"),
                                data::make_generator(1, Purpose::AutoencoderInit), true);
    net.move_to(accelerator.device());
    training::AutoencoderTrainer trainer(net, pixels, options, &accelerator);
    while (!trainer.done()) {
      if (trainer.advance_step()) losses[there].push_back(trainer.report().loss);
    }
  }
  ASSERT_EQ(losses[1].size(), 12u);
  EXPECT_NEAR(losses[1][0], losses[0][0], 0.01 * losses[0][0]);
  for (size_t i = 0; i < 12; ++i) EXPECT_NEAR(losses[1][i], losses[0][i], 0.05 * losses[0][i]) << i;
}

TEST_F(OnACard, ANetAnswersWhereTheQuestionLies) {
  const models::VelocityDit here({2, 64, 2, 4, 3}, data::make_generator(1, Purpose::FlowInit), false);
  here.parameters().flat().add_(0.02);  // the output of an untrained network is zero
  const auto there = here.copy();
  there->move_to(found_.device->device(), false);
  const at::Tensor x = at::randn({8, 4, 4, 4}), t = at::rand({8}), labels = at::arange(8, at::kLong);
  const at::Tensor answer = there->forward(x, t, labels);
  EXPECT_TRUE(answer.is_cpu());
  EXPECT_TRUE(at::allclose(answer, here.forward(x, t, labels), 1e-3, 1e-3));
}

TEST_F(OnACard, LooksBesideTheTraining) {
  Flow there(*found_.device, 200);
  const auto stream = preview::preview_stream(found_.device->device());
  ASSERT_TRUE(stream.has_value());
  std::unique_ptr<models::VelocityNet> frozen;
  const at::Tensor x = at::randn({8, 4, 4, 4}), t = at::rand({8}), labels = at::arange(8, at::kLong);
  at::Tensor first;
  while (!there.trainer->done()) {
    there.trainer->advance_step();
    const at::NoGradGuard no_grad;
    const bool copies = there.trainer->weights_whole() && !frozen;
    const preview::PreviewScope beside(stream, copies);
    if (copies) frozen = there.net->copy();
    if (!frozen) continue;
    const at::Tensor answer = frozen->forward(x, t, labels);
    const bool same = !first.defined() || at::equal(answer, first);
    EXPECT_TRUE(same) << "training must not change what is looked at";
    first = answer;
    if (there.trainer->step() == 20) there.trainer->hold();
  }
}

}  // namespace
}  // namespace lf::cuda
