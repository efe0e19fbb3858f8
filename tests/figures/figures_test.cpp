// The figures of a run: they exist, have the right size, and show the right content.
#include "figures/figures.h"

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>

#include "base/image_shape.h"
#include "base/image_sheet.h"
#include "figures/animation.h"
#include "figures/parts.h"
#include "figures/plot.h"
#include "figures/print/paint.h"
#include "files/image/gif.h"
#include "files/image/read_image.h"
#include "grey_sheet.h"
#include "input_error_of.h"

namespace lf::figures {
namespace {

namespace fs = std::filesystem;

class FigureFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "latentflow_figures_XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path folder_;
};

bool same_color(const files::Image8& image, int x, int y, files::Rgb color, int tolerance = 2) {
  const uint8_t* p = &image.pixels[(size_t(y) * size_t(image.width) + size_t(x)) * size_t(image.channels)];
  return std::abs(p[0] - color.r) <= tolerance && std::abs(p[1] - color.g) <= tolerance &&
         std::abs(p[2] - color.b) <= tolerance;
}

/// Number of pixels of the image with this colour.
int64_t count_color(const files::Image8& image, files::Rgb color, int tolerance = 2) {
  int64_t count = 0;
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) count += same_color(image, x, y, color, tolerance);
  }
  return count;
}

Series falling(int steps, float from) {
  Series series;
  for (int i = 1; i <= steps; ++i) {
    series.step.push_back(float(i));
    series.value.push_back(from / float(i));
    series.seconds.push_back(0.01f * float(i));
  }
  return series;
}

/// Ten digits, three states: black, grey, white.
FlowBlock small_flow() {
  FlowBlock flow;
  flow.digits = flow.particles = 10;
  flow.t = {0, 0.5, 1};
  flow.solver = "midpoint";
  flow.steps = 2;
  for (uint8_t i = 0; i < 10; ++i) flow.labels.push_back(i);
  for (const uint8_t value : {0, 128, 255}) {
    flow.images.append(grey_sheet(10, value));
    for (int i = 0; i < 10; ++i) {
      flow.points.push_back(float(i) * float(value) / 255);
      flow.points.push_back(float(i % 3) * float(value) / 255);
    }
  }
  return flow;
}

Snapshot full_snapshot() {
  Snapshot snapshot;
  auto loss = std::make_shared<LossBlock>();
  loss->flow_train = falling(200, 2);
  loss->flow_test = falling(20, 2);
  loss->autoencoder_train = falling(100, 500);
  snapshot.loss = loss;
  auto reconstruction = std::make_shared<ReconstructionBlock>();
  reconstruction->original = grey_sheet(12, 200);
  reconstruction->reconstruction = grey_sheet(12, 100);
  reconstruction->labels.assign(12, 3);
  snapshot.reconstruction = reconstruction;
  snapshot.flow = std::make_shared<FlowBlock>(small_flow());
  auto map = std::make_shared<MapBlock>();
  map->points = {0, 0, 9, 2, 4, 1};
  map->labels = {0, 9, 4};
  snapshot.map = map;
  return snapshot;
}

TEST_F(FigureFolder, ARunLeavesAllItsPictures) {
  const auto paths = write_figures(full_snapshot(), folder_ / "run" / "figures");
  std::vector<std::string> names;
  for (const auto& path : paths) {
    EXPECT_TRUE(fs::is_regular_file(path)) << path;
    names.push_back(fs::path(path).filename().string());
  }
  std::vector<std::string> expected{"loss.png", "reconstructions.png", "samples.png", "trajectories.png"};
  if (files::gif_available()) expected.push_back("flow.gif");
  EXPECT_EQ(names, expected);
  for (size_t i = 0; i < 4; ++i) {
    const auto image = files::read_image(paths[i]);
    EXPECT_GT(image.width, 1000);
    EXPECT_GT(image.height, 200);
    EXPECT_EQ(image.channels, 3);
  }
}

TEST_F(FigureFolder, WhatIsMissingIsLeftOut) {
  EXPECT_TRUE(write_figures(Snapshot{}, folder_).empty());
  Snapshot snapshot;
  snapshot.loss = full_snapshot().loss;
  EXPECT_EQ(write_figures(snapshot, folder_).size(), 1u);
}

TEST_F(FigureFolder, ABrokenFlowBlockGivesNoPicture) {
  auto flow = small_flow();
  flow.images.bytes.pop_back();
  Snapshot snapshot;
  snapshot.flow = std::make_shared<FlowBlock>(flow);
  EXPECT_TRUE(write_figures(snapshot, folder_).empty());
}

TEST_F(FigureFolder, AnUnusableFolderIsARunError) {
  std::ofstream(folder_ / "file") << "x";
  EXPECT_THROW(write_figures(full_snapshot(), folder_ / "file" / "figures"), RunError);
}

TEST(LossFigure, HasBothCurvesInTheirColours) {
  const auto image = painted(figures::draw_loss(*full_snapshot().loss));
  const int middle = image.width / 2;
  files::Image8 left = image, right = image;
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      uint8_t* hidden =
          &(x < middle ? right : left).pixels[(size_t(y) * size_t(image.width) + size_t(x)) * 3];
      hidden[0] = hidden[1] = hidden[2] = 0;
    }
  }
  EXPECT_GT(count_color(left, files::theme::kAutoencoder), 200);
  EXPECT_EQ(count_color(left, files::theme::kFlow), 0);
  EXPECT_GT(count_color(right, files::theme::kFlow), 200);
  EXPECT_GT(count_color(right, kDark.text), 50) << "the held-out curve";
}

TEST(LossFigure, SurvivesCurvesThatExploded) {
  LossBlock loss;
  loss.flow_train = falling(50, 2);
  loss.flow_train.value[10] = std::numeric_limits<float>::quiet_NaN();
  loss.flow_train.value[20] = std::numeric_limits<float>::infinity();
  loss.autoencoder_train = falling(1, 0);
  EXPECT_GT(count_color(painted(figures::draw_loss(loss)), files::theme::kFlow), 200);
}

TEST(ReconstructionFigure, ShowsOriginalReconstructionAndDifference) {
  ReconstructionBlock block;
  block.original = grey_sheet(1, 200);
  block.reconstruction = grey_sheet(1, 100);
  const auto image = painted(figures::draw_reconstructions(block));
  const int64_t cell = 112 * 112;
  EXPECT_EQ(count_color(image, files::Rgb{200, 200, 200}, 0), cell);
  EXPECT_EQ(count_color(image, files::Rgb{100, 100, 100}, 0), cell);
}

TEST(ReconstructionFigure, LostInkIsBlueAndAddedInkAmber) {
  Drawing canvas(60, 30);
  const auto dark = grey_sheet(1, 0), light = grey_sheet(1, 255);
  figures::draw_difference(canvas, light.image(0), dark.image(0), 0, 0, kDigitSide);
  figures::draw_difference(canvas, dark.image(0), light.image(0), 30, 0, kDigitSide);
  EXPECT_TRUE(same_color(painted(canvas), 14, 14, kDark.blue));
  EXPECT_TRUE(same_color(painted(canvas), 44, 14, kDark.amber));
  figures::draw_difference(canvas, dark.image(0), dark.image(0), 0, 0, kDigitSide);
  EXPECT_TRUE(same_color(painted(canvas), 14, 14, files::theme::kWindow)) << "no difference, no colour";
}

TEST(ReconstructionFigure, DifferencesHaveTheShapeOfTheirImages) {
  constexpr ImageShape kTall{20, 12};
  const ImageSheet dark = grey_sheet(1, 0, kTall), light = grey_sheet(1, 255, kTall);
  Drawing canvas(40, 40);
  figures::draw_difference(canvas, dark.image(0), light.image(0), 0, 0, 40);
  EXPECT_TRUE(same_color(painted(canvas), 8, 20, kDark.amber));
  EXPECT_TRUE(same_color(painted(canvas), 31, 39, kDark.amber));
  EXPECT_TRUE(same_color(painted(canvas), 7, 20, files::theme::kWindow));
  EXPECT_TRUE(same_color(painted(canvas), 32, 20, files::theme::kWindow));
}

TEST(SampleFigure, ShowsTheLastStateInAColumnPerLabel) {
  auto flow = small_flow();
  const auto image = painted(figures::draw_samples(flow));
  EXPECT_GE(count_color(image, files::Rgb{255, 255, 255}, 0), 10 * 112 * 112);
  EXPECT_EQ(count_color(image, files::Rgb{128, 128, 128}, 0), 0) << "states on the way are not shown";
  for (size_t digit = 0; digit < 10; ++digit) EXPECT_GT(count_color(image, kDark.digits[digit]), 300);
  flow.labels.assign(10, 4);
  EXPECT_GT(figures::draw_samples(flow).height(), image.height) << "ten of one digit stand in one column";
}

TEST(TrajectoryFigure, ShowsEveryStateAndThePaths) {
  const auto snapshot = full_snapshot();
  const auto image = painted(figures::draw_trajectories(*snapshot.flow, *snapshot.map));
  EXPECT_GE(count_color(image, files::Rgb{0, 0, 0}, 0), 10 * 84 * 84) << "t = 0";
  EXPECT_GE(count_color(image, files::Rgb{128, 128, 128}, 0), 10 * 84 * 84) << "t = 0.5";
  EXPECT_GE(count_color(image, files::Rgb{255, 255, 255}, 0), 10 * 84 * 84) << "t = 1";
  EXPECT_GT(count_color(image, files::theme::kNoise), 50) << "starts of the paths";
  auto without_map = *snapshot.flow;
  without_map.points.clear();
  EXPECT_LT(figures::draw_trajectories(without_map, MapBlock{}).width(), image.width);
}

TEST_F(FigureFolder, AGridHasItsDigitsAndTheirColours) {
  write_sample_grid(folder_ / "grid.png", grey_sheet(20, 77), std::vector<uint8_t>(20, 7));
  const auto image = files::read_image(folder_ / "grid.png");
  EXPECT_EQ(count_color(image, files::Rgb{77, 77, 77}, 0), 20 * 56 * 56);
  EXPECT_GT(count_color(image, kDark.digits[7]), 20 * 56);
  EXPECT_EQ(image.width, 2 * 16 + 10 * 56 + 9 * 8);
  EXPECT_EQ(image.height, 2 * 16 + 2 * (56 + 8 + 6) - 8);
}

TEST_F(FigureFolder, ThousandsOfDigitsStayOneToOne) {
  write_sample_grid(folder_ / "grid.png", grey_sheet(10000, 77), {});
  const auto image = files::read_image(folder_ / "grid.png");
  EXPECT_EQ(count_color(image, files::Rgb{77, 77, 77}, 0), 10000 * kDigitPixels);
  EXPECT_EQ(image.width, image.height);
}

TEST_F(FigureFolder, ColumnsCanBeChosen) {
  write_sample_grid(folder_ / "grid.png", grey_sheet(6, 77), {}, 3);
  EXPECT_EQ(files::read_image(folder_ / "grid.png").width, 2 * 16 + 3 * 56 + 2 * 8);
}

TEST_F(FigureFolder, AGridHasImagesOfTheirOwnShape) {
  constexpr ImageShape kTall{20, 12};
  write_sample_grid(folder_ / "grid.png", grey_sheet(20, 77, kTall), {});
  const auto image = files::read_image(folder_ / "grid.png");
  EXPECT_EQ(image.width, 2 * 16 + 10 * 40 + 9 * 8) << "cells are squares of the longer side";
  EXPECT_EQ(count_color(image, files::Rgb{77, 77, 77}, 0), 20 * 24 * 40);
  EXPECT_TRUE(same_color(image, 16 + 8, 16, files::Rgb{77, 77, 77}, 0)) << "in the middle of its cell";
  EXPECT_FALSE(same_color(image, 16 + 7, 16, files::Rgb{77, 77, 77}, 0));
  EXPECT_FALSE(same_color(image, 16 + 32, 16, files::Rgb{77, 77, 77}, 0));
  const auto frames = flow_frames({0, 1}, grey_sheet(2, 77, kTall), {});
  ASSERT_EQ(frames.count, 2u);
  EXPECT_EQ(count_color(frames.draw(1), files::Rgb{77, 77, 77}, 0), 24 * 40);
  EXPECT_TRUE(has(input_error_of([&] {
                    write_sample_grid(folder_ / "x.png", ImageSheet(std::vector<uint8_t>(241), kTall), {});
                  }),
                  {"20×12", "241"}));
}

TEST_F(FigureFolder, SizesThatDisagreeAreRefusedAndNothingIsWritten) {
  const auto path = folder_ / "x.png";
  EXPECT_TRUE(has(input_error_of([&] { write_sample_grid(path, {}, {}); }), {"28×28"}));
  EXPECT_TRUE(has(input_error_of([&] { write_sample_grid(path, ImageSheet(std::vector<uint8_t>(785)), {}); }),
                  {"785"}));
  EXPECT_TRUE(has(input_error_of([&] { write_sample_grid(path, grey_sheet(2, 0), {1}); }), {"1 labels"}));
  EXPECT_TRUE(
      has(input_error_of([&] { write_reconstruction_sheet(path, grey_sheet(2, 0), grey_sheet(1, 0), {}); }),
          {"originals"}));
  EXPECT_TRUE(has(input_error_of([&] { flow_frames({0, 1}, grey_sheet(3, 0), {}); }), {"2 states"}));
  EXPECT_TRUE(has(input_error_of([&] { flow_frames({}, {}, {}); }), {"28×28"}));
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(FigureFolder, ASheetHoldsAllDigits) {
  write_reconstruction_sheet(folder_ / "sheet.png", grey_sheet(41, 200), grey_sheet(41, 100), {});
  const auto image = files::read_image(folder_ / "sheet.png");
  EXPECT_EQ(count_color(image, files::Rgb{200, 200, 200}, 0), 41 * 112 * 112);
}

TEST(Axis, IsLogarithmicForLongFallsOnly) {
  figures::Curve curve;
  curve.x = {1, 2};
  curve.y = {100, 1};
  EXPECT_TRUE(figures::fitted_range({curve}).logarithmic);
  curve.y = {2, 1};
  EXPECT_FALSE(figures::fitted_range({curve}).logarithmic);
  curve.y = {100, -1};
  EXPECT_FALSE(figures::fitted_range({curve}).logarithmic);
  curve.y = {5, 5};
  const auto flat = figures::fitted_range({curve});
  EXPECT_LT(flat.low, 5);
  EXPECT_GT(flat.high, 5);
}

TEST(Smoothing, KeepsTheMeanAndSkipsWhatIsNotFinite) {
  std::vector<float> values(200, 3.0f);
  values[100] = std::numeric_limits<float>::quiet_NaN();
  const auto smooth = figures::smoothed(values, 0.1);
  for (const float value : smooth) EXPECT_FLOAT_EQ(value, 3.0f);
  EXPECT_EQ(figures::smoothed({}, 0.1).size(), 0u);
}

}  // namespace
}  // namespace lf::figures
