// The vector field tool compared with the model's velocity and the exact field, point by point.
#include <gtest/gtest.h>

#include <cmath>

#include "base/errors.h"
#include "data/generator.h"
#include "flow/exact_field.h"
#include "lab/field/plane.h"
#include "lab/field/result.h"
#include "lab/field/streaks.h"
#include "lab/lab.h"
#include "random_data.h"
#include "random_model.h"

namespace lf::lab {
namespace {

class FieldTool : public ::testing::Test {
 protected:
  FieldTool() {
    lab.set_model(model.get());
    lab.set_data(&data);
  }
  std::shared_ptr<const LabField> answer(const std::map<std::string, std::string>& arguments) {
    lab.open("field", arguments);
    for (int i = 0; lab.due() && i < 10000; ++i) lab.advance();
    EXPECT_TRUE(lab.block()->complete);
    return lab.block()->as<LabField>();
  }
  data::DataTensors data = random_data();
  std::unique_ptr<inference::Model> model = random_model();
  Lab lab;
};

TEST_F(FieldTool, ShowsTheNetAndTheExactFieldOfTheClassTold) {
  const auto f = answer({{"plane", "digits"}, {"class", "4"}, {"t", "0.6"}});
  ASSERT_TRUE(f);
  EXPECT_EQ(f->latents, 20);
  EXPECT_EQ(f->latents_total, 20);
  const auto q = model->autoencoder->encode(data::image_batch(data.train_pixels, at::arange(200)));
  const at::Tensor mean = model->standardisation.to_standard(q.mean.reshape({-1, 64}));
  const at::Tensor deviation = model->settings.autoencoder.latent_noise *
                               (q.log_variance * 0.5).exp().reshape({-1, 64}) / model->standardisation.scale;
  const FieldPlane plane = make_field_plane("digits", {3, 5, 8}, mean, data.train_labels);
  const at::Tensor x = plane.states(f->side, 0.6);
  const at::Tensor exact =
      flow::ExactField(mean, deviation, 0).of_digit(data.train_labels, 4).velocity(x, 0.6);
  const at::Tensor labels = at::full({x.size(0)}, 4, at::kLong);
  const at::Tensor learned =
      inference::model_velocity(*model, labels, 1)(x.view({-1, 4, 4, 4}), 0.6).reshape({-1, 64});
  for (const auto& [grid, v] : {std::pair{&f->learned, learned}, std::pair{&f->exact, exact},
                                std::pair{&f->difference, learned - exact}}) {
    const at::Tensor arrows = v.matmul(plane.axes).contiguous(), length = v.square().mean(1).sqrt();
    ASSERT_EQ(grid->length.size(), static_cast<size_t>(x.size(0)));
    for (size_t i = 0; i < grid->length.size(); i += 37) {
      const auto row = static_cast<int64_t>(i);
      EXPECT_NEAR(grid->length[i], length[row].item<float>(), 1e-3);
      EXPECT_NEAR(grid->arrows[2 * i], arrows[row][0].item<float>(), 5e-3);
      EXPECT_NEAR(grid->arrows[2 * i + 1], arrows[row][1].item<float>(), 5e-3);
    }
  }
  EXPECT_NEAR(f->cosine, at::cosine_similarity(learned, exact, 1).mean().item<double>(), 1e-4);
}

TEST_F(FieldTool, ADraggedTimeKeepsThePlaneAndEndsAtTheLastOneAsked) {
  const auto first = answer({});
  ASSERT_TRUE(first);
  for (const char* t : {"0.52", "0.6", "0.7"}) {
    lab.open("field", {{"t", t}});
    lab.advance();
  }
  const auto last = answer({{"t", "0.8"}});
  ASSERT_TRUE(last);
  EXPECT_NEAR(last->t, 0.8, 1e-12);
  EXPECT_EQ(last->points, first->points);
  EXPECT_EQ(last->side, first->side);
  EXPECT_NE(last->learned.arrows, first->learned.arrows);
}

TEST_F(FieldTool, AQuickPlaneIsTheFirstGridAloneAndCanBeMadeFine) {
  const auto quick = answer({{"quick", "on"}, {"t", "0.4"}});
  ASSERT_TRUE(quick);
  const auto fine = answer({{"t", "0.4"}});
  ASSERT_TRUE(fine);
  EXPECT_LT(quick->side, fine->side);
  EXPECT_EQ(answer({{"quick", "on"}, {"t", "0.4"}})->side, fine->side) << "what is known is kept";
  EXPECT_EQ(answer({{"quick", "on"}, {"t", "0.5"}})->side, quick->side);
}

TEST_F(FieldTool, PlanesAreOrthonormalAndSpanWhatTheySay) {
  auto g = data::make_generator(1, Purpose::Sample);
  const at::Tensor latents = at::randn({500, 64}, g), labels = at::arange(500).remainder(10);
  for (const char* kind : {"pca", "lda", "digits"}) {
    const FieldPlane p = make_field_plane(kind, {0, 1, 2}, latents, labels);
    EXPECT_TRUE(at::allclose(p.axes.t().matmul(p.axes), at::eye(2), 1e-4, 1e-4)) << kind;
    const at::Tensor back = (p.states(5, 1) - p.centre).matmul(p.axes);
    EXPECT_NEAR(back[0][0].item<double>(), -p.extent, 1e-4);
    EXPECT_NEAR(back[24][1].item<double>(), p.extent, 1e-4);
  }
  const FieldPlane p = make_field_plane("digits", {0, 1, 2}, latents, labels);
  const at::Tensor mean = latents.index_select(0, labels.eq(2).nonzero().flatten()).mean(0) - p.centre;
  EXPECT_NEAR((mean - p.axes.matmul(p.axes.t().matmul(mean))).norm().item<double>(), 0, 1e-4);
  EXPECT_THROW(make_field_plane("digits", {1, 1, 2}, latents, labels), InputError);
}

TEST_F(FieldTool, SaysWhyItCannotAnswer) {
  EXPECT_FALSE(answer({{"plane", "digits"}, {"a", "5"}}));
  EXPECT_NE(lab.block()->problem.find("three different digits"), std::string::npos);
  const auto unlabelled = random_model("dit");
  lab.set_model(unlabelled.get());
  EXPECT_FALSE(answer({{"class", "3"}}));
  EXPECT_NE(lab.block()->problem.find("unconditional"), std::string::npos);
  EXPECT_TRUE(answer({}));
}

TEST(Streaks, RunAlongTheFieldAndNotAcross) {
  const int texture = 64;
  std::vector<float> along;
  for (int i = 0; i < 9; ++i) along.insert(along.end(), {1, 0});
  const auto grey = flow_streaks(along, 3, texture);
  double beside = 0, above = 0;
  for (int y = 16; y < 48; ++y) {
    for (int x = 16; x < 48; ++x) {
      const int at = y * texture + x;
      beside += std::abs(int(grey[at]) - int(grey[at + 1]));
      above += std::abs(int(grey[at]) - int(grey[at + texture]));
    }
  }
  EXPECT_LT(3 * beside, above);
}

}  // namespace
}  // namespace lf::lab
