// The map of the latents, against what the model's own encoder says.
#include <cstring>

#include "base/image_shape.h"
#include "inference/latent_axes.h"
#include "lab/map/result.h"
#include "lab_fixture.h"

namespace lf::lab {
namespace {

class MapTool : public LabTest {};

TEST_F(MapTool, TheMapHoldsEveryDigitAlongItsAxes) {
  lab.open("map");
  answer();
  const LabMap& map = *lab.block()->as<LabMap>();
  EXPECT_EQ(map.axes, "class axes");
  ASSERT_EQ(map.train.labels.size(), 300u);
  ASSERT_EQ(map.test.labels.size(), 80u);
  EXPECT_EQ(std::memcmp(map.train.pixels.get(), data.train_pixels.data_ptr(), 300 * kDigitPixels), 0);
  const at::Tensor z = encoded(data.train_pixels);
  const at::Tensor points = inference::find_latent_axes(z, data.train_labels).project(z).contiguous();
  for (int64_t i = 0; i < 600; ++i)
    EXPECT_NEAR(map.train.points[static_cast<size_t>(i)], points.data_ptr<float>()[i], 2e-2);
  EXPECT_EQ(map.flowing.size(), 2 * map.t.size() * map.flowing_labels.size());
  EXPECT_EQ(map.prior.size(), 4000u);
  // Bars at ten positions: even an untrained encoder separates them.
  EXPECT_GT(map.mean_accuracy, 0.8);
}

TEST_F(MapTool, OtherAxesNeedNoNewEncoding) {
  lab.open("map");
  answer();
  const auto first = lab.block();
  lab.open("map", {{"axes", "principal"}});
  ASSERT_TRUE(lab.due());
  lab.advance();
  EXPECT_FALSE(lab.due()) << "one slice is enough";
  EXPECT_EQ(lab.block()->as<LabMap>()->axes, "principal axes");
  EXPECT_NE(lab.block()->as<LabMap>()->train.points, first->as<LabMap>()->train.points);
}

}  // namespace
}  // namespace lf::lab
