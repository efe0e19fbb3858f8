#include <gtest/gtest.h>

#include <memory>

#include "base/image_shape.h"
#include "fake_snapshots.h"
#include "grey_sheet.h"
#include "headless_ui.h"
#include "lab/drawing/result.h"

namespace lf::app::panels {
namespace {

/// The drawing tool when the worker has just prepared an image.
Snapshot with_image(uint64_t version, uint8_t grey) {
  Snapshot snapshot = fake_snapshot("lab-drawing");
  auto shown = std::make_shared<ReconstructionBlock>();
  shown->origin = "seven.jpg";
  shown->split = "picture";
  shown->index = {0};
  shown->labels = {10};
  shown->original = grey_sheet(1, grey);
  shown->reconstruction = grey_sheet(1, 0);
  shown->mse = {0.1f};
  shown->version = version;
  snapshot.reconstruction = shown;
  return snapshot;
}

std::string board(HeadlessUi& window) { return window.ui.map.find("lab.drawing.board")->value; }

TEST(LabDrawingImage, IsShownBeforeItIsUsed) {
  HeadlessUi window(1440, 900);
  window.view.page = "latent-space";
  window.frames(fake_snapshot("lab-drawing"));
  EXPECT_EQ(window.ui.map.find("lab.drawing.use-image"), nullptr);
  const Snapshot snapshot = with_image(5000, 0x5A);
  const int before = window.vertices;
  window.frames(snapshot);
  EXPECT_EQ(board(window), "offered image seven.jpg");
  EXPECT_GT(window.vertices, before + kDigitPixels * 3) << "every pixel of it is on the board";
  EXPECT_EQ(window.view.text("lab.drawing.image", ""), "") << "not used yet";
  window.click(snapshot, "lab.drawing.use-image");
  window.frames(snapshot);
  EXPECT_EQ(board(window), "image");
  EXPECT_EQ(window.view.text("lab.drawing.image", ""), image_text(grey_sheet(1, 0x5A).image(0)));
  EXPECT_EQ(window.ui.map.find("lab.drawing.use-image"), nullptr);
  window.click(snapshot, "lab.drawing.clear");
  window.frames(snapshot);
  EXPECT_EQ(board(window), "empty");
}

TEST(LabDrawingImage, CanBeLeftOrDrawnOver) {
  HeadlessUi window(1440, 900);
  window.view.page = "latent-space";
  const Snapshot first = with_image(6000, 9), second = with_image(6001, 9);
  window.frames(fake_snapshot("lab-drawing"));
  window.frames(first);
  window.click(first, "lab.drawing.leave-image");
  window.frames(first);
  EXPECT_EQ(board(window), "sample");
  EXPECT_EQ(window.view.text("lab.drawing.image", ""), "");
  window.frames(second);
  EXPECT_EQ(board(window), "offered image seven.jpg") << "the same file, opened again";
  window.click(second, "lab.drawing.board");
  window.frames(second);
  EXPECT_EQ(board(window), "14.0,14.0");
}

}  // namespace
}  // namespace lf::app::panels
