// A drawing to its noise and back.
#include <algorithm>
#include <cstdlib>

#include "base/errors.h"
#include "base/image_shape.h"
#include "lab/drawing/result.h"
#include "lab_fixture.h"

namespace lf::lab {
namespace {

class DrawingTool : public LabTest {};

TEST_F(DrawingTool, ADrawingGoesToNoiseAndBackWithinAThousandth) {
  model->average->parameters().flat().mul_(0.4);
  lab.open("drawing", {{"strokes", "5,5 20,5;20,5 12,22"}, {"told", "7"}});
  answer();
  const LabDrawing& found = *lab.block()->as<LabDrawing>();
  EXPECT_EQ(found.seen, 7);
  ASSERT_EQ(found.picture.count(), 1u);
  EXPECT_GT(*std::max_element(found.picture.bytes.begin(), found.picture.bytes.end()), 200);
  const at::Tensor z = encoded(
      at::from_blob(const_cast<uint8_t*>(found.picture.image(0).pixels), {1, kDigitPixels}, at::kByte));
  for (int64_t d = 0; d < 64; ++d)
    EXPECT_NEAR(found.latent[static_cast<size_t>(d)], z[0][d].item<float>(), 1e-5);
  ASSERT_EQ(found.round_trips.size(), 6u);
  EXPECT_EQ(found.round_trips[0].solver, "rk4");
  EXPECT_LE(found.round_trips[0].error, 1e-3);
  EXPECT_EQ(found.round_trips[0].nfe, 400);
  EXPECT_GT(found.round_trips[4].error, found.round_trips[0].error) << "euler";
  EXPECT_EQ(found.t.front(), 1);
  EXPECT_EQ(found.t.back(), 0);
  ASSERT_EQ(found.classes.count(), 10u);
  // Its own class without fresh noise gives the digit itself.
  int most = 0;
  for (size_t i = 0; i < kDigitPixels; ++i)
    most = std::max(most, std::abs(found.classes.image(7).pixels[i] - found.reconstruction.bytes[i]));
  EXPECT_LE(most, 3);
}

TEST_F(DrawingTool, StrokesThatAreNoneAreRefused) {
  for (const char* text : {"", ";", "5", "5,40", "a,b", "1,2 3"})
    EXPECT_THROW(parse_strokes(text), InputError) << text;
  EXPECT_EQ(parse_strokes("1,2 3,4;5,6").size(), 2u);
  EXPECT_FALSE(parse_strokes(kSampleStrokes).empty());
}

}  // namespace
}  // namespace lf::lab
