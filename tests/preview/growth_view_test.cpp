// The previews before the flow starts.
#include "preview/growth_view.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/image_shape.h"
#include "data/batches.h"
#include "preview/views.h"
#include "random_data.h"
#include "random_model.h"

namespace lf::preview {
namespace {

TEST(GrowthView, ShowsADigitOfEachClassAndTheirReconstructions) {
  const auto model = random_model();
  const data::DataTensors data = random_data(200, 40);
  GrowthView view(data);
  view.look(*model);
  model->autoencoder_steps = 7;
  view.look(*model);
  const auto growth = view.growth();
  EXPECT_EQ(growth->digits, 10);
  EXPECT_EQ(growth->step, (std::vector<int64_t>{0, 7}));
  EXPECT_EQ(growth->original.count(), 10u);
  EXPECT_EQ(growth->images.count(), 2u * 10);
  for (size_t i = 0; i < 10; ++i) EXPECT_EQ(growth->labels[i], i);
  EXPECT_TRUE(std::equal(growth->original.bytes.begin(), growth->original.bytes.begin() + kDigitPixels,
                         static_cast<const uint8_t*>(data.test_pixels.data_ptr())))
      << "the first zero";
  const at::Tensor expected =
      data::to_pixels(inference::reconstruct_pixels(*model, data.test_pixels.narrow(0, 0, 1)));
  EXPECT_TRUE(std::equal(growth->images.bytes.begin(), growth->images.bytes.begin() + kDigitPixels,
                         static_cast<const uint8_t*>(expected.data_ptr())));
  const auto map = view.map();
  EXPECT_EQ(map->labels.size(), 40u);
  EXPECT_EQ(map->points.size(), 80u);
  EXPECT_EQ(map->trained_step, 7);
}

TEST(GrowthView, OfManyLooksTheFirstAndTheLastStay) {
  const auto model = random_model();
  GrowthView view(random_data(100, 40));
  for (int64_t step = 0; step < 150; ++step) {
    model->autoencoder_steps = step;
    view.look(*model);
  }
  const auto growth = view.growth();
  EXPECT_LE(growth->step.size(), 64u);
  EXPECT_GE(growth->step.size(), 30u);
  EXPECT_EQ(growth->step.front(), 0);
  EXPECT_EQ(growth->step.back(), 149);
  EXPECT_TRUE(std::is_sorted(growth->step.begin(), growth->step.end()));
  EXPECT_EQ(growth->images.count(), growth->step.size() * 10);
}

TEST(GrowthView, ALookIsWorthItsTimeWhenTheAutoencoderHasLearnedMore) {
  EXPECT_EQ(next_growth_look(0), 1);
  EXPECT_EQ(next_growth_look(60), 65);
  EXPECT_EQ(next_growth_look(6000), 6025);
}

TEST(GrowthView, NoCardStaysEmptyBeyondTheFirstSlices) {
  const auto model = random_model();
  const data::DataTensors data = random_data(200, 400);
  Views views;
  views.set_model(model.get());
  views.set_data(&data);
  EXPECT_FALSE(views.nothing_shown()) << "no run, nothing to be shown";
  views.watch_growth(true);
  EXPECT_TRUE(views.nothing_shown());
  int slices = 0;
  for (; views.nothing_shown(); ++slices) views.advance(true);
  EXPECT_LE(slices, 5);
  EXPECT_FALSE(views.blocks().growth->step.empty());
  EXPECT_FALSE(views.blocks().map->labels.empty());
  EXPECT_FALSE(views.blocks().reconstruction->labels.empty());
  EXPECT_EQ(views.blocks().reconstruction->psnr_count, 0) << "shown before it is measured";
  while (views.due(true)) views.advance(true);
  EXPECT_EQ(views.blocks().reconstruction->psnr_count, 250);
}

TEST(GrowthView, AFinalEncoderIsLookedAtOnceMoreUntilItsLatentsAreThere) {
  const auto model = random_model();
  const data::DataTensors data = random_data(200, 40);
  Views views;
  views.set_model(model.get());
  views.set_data(&data);
  views.watch_growth(true);
  while (views.due(true)) views.advance(true);
  model->autoencoder_steps = 1;
  views.watch_growth(false);
  EXPECT_TRUE(views.growing()) << "it still has its share of the time";
  while (views.due(true)) views.advance(true);
  EXPECT_FALSE(views.growing());
  EXPECT_EQ(views.blocks().growth->step, (std::vector<int64_t>{0, 1}));
  EXPECT_EQ(views.blocks().map->trained_step, 1);
  views.set_latents(at::randn({200, models::kLatentSize}), data.train_labels, "");
  model->autoencoder_steps = 2;  // the decoder's
  while (views.due(true)) views.advance(true);
  EXPECT_EQ(views.blocks().map->trained_step, -1) << "the map of the training digits stays";
}

TEST(GrowthView, ViewsTakeItWhileTheEncoderLearnsAndNotAfterwards) {
  const auto model = random_model();
  const data::DataTensors data = random_data();
  Views views;
  views.set_model(model.get());
  views.set_data(&data);
  views.watch_growth(true);
  while (views.due(true)) views.advance(true);
  EXPECT_EQ(views.blocks().growth->step, (std::vector<int64_t>{0}));
  EXPECT_EQ(views.blocks().map->trained_step, 0);
  EXPECT_FALSE(views.blocks().reconstruction->labels.empty()) << "it does not starve the others";
  model->autoencoder_steps = 30;
  while (views.due(true)) views.advance(true);
  EXPECT_EQ(views.blocks().growth->step, (std::vector<int64_t>{0, 30}));
  while (views.due(false)) views.advance(false);
  EXPECT_EQ(views.blocks().flow->digits, 0) << "nothing is drawn by a flow that has learned nothing";
  views.watch_growth(false);
  model->autoencoder_steps = 90;
  while (views.due(true)) views.advance(true);
  EXPECT_EQ(views.blocks().growth->step.size(), 2u);
  model->flow_steps = 25;
  while (views.due(true)) views.advance(true);
  EXPECT_GT(views.blocks().flow->digits, 0) << "generated digits take its place";
  views.set_model(model.get());
  EXPECT_EQ(views.blocks().growth->digits, 0) << "another model's is not shown";
}

}  // namespace
}  // namespace lf::preview
