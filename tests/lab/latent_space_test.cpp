// Map and interpolation, compared with the model's own encoder and decoder.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "base/errors.h"
#include "inference/latent_axes.h"
#include "lab/drawing/result.h"
#include "lab/interpolation/result.h"
#include "lab/lab.h"
#include "lab/map/result.h"
#include "lab_digits.h"
#include "random_model.h"

namespace lf {
namespace {

class LatentSpace : public ::testing::Test {
 protected:
  LatentSpace() {
    lab.set_model(model.get());
    lab.set_data(&data);
  }
  void complete() {
    for (int i = 0; lab.due() && i < 10000; ++i) lab.advance();
    ASSERT_TRUE(lab.block()->complete);
    ASSERT_EQ(lab.block()->problem, "");
  }
  at::Tensor encoded(const at::Tensor& pixels) const {
    const at::Tensor images = pixels.to(at::kFloat).div(255).view({-1, 1, 28, 28});
    return model->standardisation.to_standard(model->autoencoder->encode(images).mean.reshape({-1, 64}));
  }
  DataTensors data = lab_digits();
  std::unique_ptr<Model> model = random_model();
  Lab lab;
};

TEST_F(LatentSpace, TheMapHoldsEveryDigitAlongItsAxes) {
  lab.open("map");
  complete();
  const LabMap& map = *lab.block()->map;
  EXPECT_EQ(map.axes, "class axes");
  ASSERT_EQ(map.train.labels.size(), 300u);
  ASSERT_EQ(map.test.labels.size(), 80u);
  EXPECT_EQ(std::memcmp(map.train.pixels.get(), data.train_pixels.data_ptr(), 300 * 784), 0);
  const at::Tensor z = encoded(data.train_pixels);
  const at::Tensor points = find_latent_axes(z, data.train_labels).project(z).contiguous();
  for (int64_t i = 0; i < 600; ++i)
    EXPECT_NEAR(map.train.points[static_cast<size_t>(i)], points.data_ptr<float>()[i], 2e-2);
  EXPECT_EQ(map.flowing.size(), 2 * map.t.size() * map.flowing_labels.size());
  EXPECT_EQ(map.prior.size(), 4000u);
  // Bars at ten positions: even an untrained encoder separates them.
  EXPECT_GT(map.mean_accuracy, 0.8);
}

TEST_F(LatentSpace, OtherAxesNeedNoNewEncoding) {
  lab.open("map");
  complete();
  const auto first = lab.block();
  lab.open("map", {{"axes", "principal"}});
  ASSERT_TRUE(lab.due());
  lab.advance();
  EXPECT_FALSE(lab.due()) << "one slice is enough";
  EXPECT_EQ(lab.block()->map->axes, "principal axes");
  EXPECT_NE(lab.block()->map->train.points, first->map->train.points);
}

/// With a field as smooth as a trained one; a random network's is so rough that the solver's error
/// would be tested.
TEST_F(LatentSpace, FilmsBeginAtTheFirstDigitAndEndAtTheSecond) {
  model->average->parameters().flat().mul_(0.4);
  lab.open("interpolation", {{"a", "3"}, {"b", "14"}, {"t", "0.4"}});
  complete();
  const LabInterpolation& found = *lab.block()->interpolation;
  EXPECT_EQ(found.first_label, 3);
  EXPECT_EQ(found.second_label, 4);
  ASSERT_EQ(found.films.size(), 3u);
  EXPECT_NEAR(found.films[0].length, 1, 1e-5) << "the straight one";
  EXPECT_LT(found.round_trip, 1e-3) << "to noise and back";
  const at::Tensor z = encoded(at::stack({data.train_pixels[3], data.train_pixels[14]}));
  const at::Tensor ends = decode_pixels(*model, z).to(at::kInt);
  for (const LabFilm& film : found.films) {
    const at::Tensor frames = at::from_blob(const_cast<uint8_t*>(film.pictures.data()), {11, 784}, at::kByte);
    EXPECT_LE((frames[0].to(at::kInt) - ends[0]).abs().max().item<int>(), 2) << film.name;
    EXPECT_LE((frames[10].to(at::kInt) - ends[1]).abs().max().item<int>(), 2) << film.name;
    EXPECT_GE(film.length, 1 - 1e-5) << film.name;
  }
}

TEST_F(LatentSpace, ADrawingGoesToNoiseAndBackWithinAThousandth) {
  model->average->parameters().flat().mul_(0.4);
  lab.open("drawing", {{"strokes", "5,5 20,5;20,5 12,22"}, {"told", "7"}});
  complete();
  const LabDrawing& found = *lab.block()->drawing;
  EXPECT_EQ(found.seen, 7);
  ASSERT_EQ(found.picture.size(), 784u);
  EXPECT_GT(*std::max_element(found.picture.begin(), found.picture.end()), 200);
  const at::Tensor z =
      encoded(at::from_blob(const_cast<uint8_t*>(found.picture.data()), {1, 784}, at::kByte));
  for (int64_t d = 0; d < 64; ++d)
    EXPECT_NEAR(found.latent[static_cast<size_t>(d)], z[0][d].item<float>(), 1e-5);
  ASSERT_EQ(found.round_trips.size(), 6u);
  EXPECT_EQ(found.round_trips[0].solver, "rk4");
  EXPECT_LE(found.round_trips[0].error, 1e-3);
  EXPECT_EQ(found.round_trips[0].nfe, 400);
  EXPECT_GT(found.round_trips[4].error, found.round_trips[0].error) << "euler";
  EXPECT_EQ(found.t.front(), 1);
  EXPECT_EQ(found.t.back(), 0);
  ASSERT_EQ(found.classes.size(), 10u * 784);
  // Its own class without fresh noise gives the digit itself.
  int most = 0;
  for (size_t i = 0; i < 784; ++i)
    most = std::max(most, std::abs(found.classes[7 * 784 + i] - found.reconstruction[i]));
  EXPECT_LE(most, 3);
}

TEST_F(LatentSpace, StrokesThatAreNoneAreRefused) {
  for (const char* text : {"", ";", "5", "5,40", "a,b", "1,2 3"})
    EXPECT_THROW(parse_strokes(text), InputError) << text;
  EXPECT_EQ(parse_strokes("1,2 3,4;5,6").size(), 2u);
  EXPECT_FALSE(parse_strokes(kSampleStrokes).empty());
}

TEST_F(LatentSpace, SaysSoWhereTheDigitsAreNotAtHand) {
  lab.set_data(nullptr);
  for (const char* tool : {"map", "interpolation"}) {
    lab.open(tool);
    for (int i = 0; lab.due() && i < 10; ++i) lab.advance();
    EXPECT_NE(lab.block()->problem.find("not available"), std::string::npos) << tool;
  }
}

}  // namespace
}  // namespace lf
