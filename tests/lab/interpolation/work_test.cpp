// Interpolation, against what the model's own encoder and decoder say.
#include "base/image_shape.h"
#include "lab/interpolation/result.h"
#include "lab_fixture.h"

namespace lf::lab {
namespace {

class InterpolationTool : public LabTest {};

/// With a field as smooth as a trained one; a random network's is so rough that the solver's error
/// would be tested.
TEST_F(InterpolationTool, FilmsBeginAtTheFirstDigitAndEndAtTheSecond) {
  model->average->parameters().flat().mul_(0.4);
  lab.open("interpolation", {{"a", "3"}, {"b", "14"}, {"t", "0.4"}});
  answer();
  const LabInterpolation& found = *lab.block()->as<LabInterpolation>();
  EXPECT_EQ(found.first_label, 3);
  EXPECT_EQ(found.second_label, 4);
  ASSERT_EQ(found.films.size(), 3u);
  EXPECT_NEAR(found.films[0].length, 1, 1e-5) << "the straight one";
  EXPECT_LT(found.round_trip, 1e-3) << "to noise and back";
  const at::Tensor z = encoded(at::stack({data.train_pixels[3], data.train_pixels[14]}));
  const at::Tensor ends = inference::decode_pixels(*model, z).to(at::kInt);
  for (const LabFilm& film : found.films) {
    const at::Tensor frames =
        at::from_blob(const_cast<uint8_t*>(film.pictures.bytes.data()), {11, kDigitPixels}, at::kByte);
    EXPECT_LE((frames[0].to(at::kInt) - ends[0]).abs().max().item<int>(), 2) << film.name;
    EXPECT_LE((frames[10].to(at::kInt) - ends[1]).abs().max().item<int>(), 2) << film.name;
    EXPECT_GE(film.length, 1 - 1e-5) << film.name;
  }
}

}  // namespace
}  // namespace lf::lab
