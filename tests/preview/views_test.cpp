// Display of a stored run: its trajectories on the axes of its map.
#include "preview/views.h"

#include <gtest/gtest.h>

#include "data/generator.h"
#include "random_data.h"
#include "random_model.h"

namespace lf::preview {
namespace {

/// Three separate classes, and one digit of each with a trajectory to the centre of its class.
Gallery stored_gallery() {
  Gallery gallery;
  gallery.labels = at::arange(300).remainder(3);
  at::Tensor means = at::zeros({3, 64});
  means[0][5] = 4, means[1][9] = 5, means[2][5] = -3, means[2][9] = -2;
  gallery.latents = means.index_select(0, gallery.labels) + 0.3 * at::randn({300, 64});
  const inference::LatentAxes axes = inference::find_latent_axes(gallery.latents, gallery.labels);
  const at::Tensor ends = axes.project(means).contiguous();
  gallery.flow.t = {0, 1};
  gallery.flow.labels = {0, 1, 2};
  gallery.flow.digits = gallery.flow.particles = 3;
  gallery.flow.points.assign(6, 0.1f);
  gallery.flow.points.insert(gallery.flow.points.end(), ends.data_ptr<float>(), ends.data_ptr<float>() + 6);
  return gallery;
}

TEST(Views, TurnTrajectoriesThatWereKeptWithOtherSignsToTheMap) {
  const auto model = random_model();
  Views views;
  views.set_model(model.get());
  Gallery gallery = stored_gallery();
  views.show_gallery(gallery, "");
  EXPECT_EQ(views.blocks().flow->points, gallery.flow.points) << "they agree with the map already";
  Gallery mirrored = gallery;
  for (size_t i = 1; i < mirrored.flow.points.size(); i += 2) mirrored.flow.points[i] *= -1;
  views.show_gallery(mirrored, "");
  EXPECT_EQ(views.blocks().flow->points, gallery.flow.points);
  Gallery exchanged = gallery;
  for (size_t i = 0; i < exchanged.flow.points.size(); i += 2)
    std::swap(exchanged.flow.points[i], exchanged.flow.points[i + 1]);
  views.show_gallery(exchanged, "");
  EXPECT_EQ(views.blocks().flow->points, gallery.flow.points);
}

/// Four classes; the position of the third one decides the sign of the second axis.
at::Tensor latents_with_third_class_at(float place, const at::Tensor& labels) {
  at::Tensor means = at::zeros({4, 64});
  means[0][0] = 12, means[1][0] = -12;
  means[0][1] = 1, means[1][1] = 1, means[2][1] = place, means[3][1] = -2 - place;
  auto g = data::make_generator(1, Purpose::HeldOut);
  return means.index_select(0, labels) + 0.2 * at::randn({labels.size(0), 64}, g);
}

TEST(Views, AMapKeepsItsSidesWhenItsLatentsChange) {
  const auto model = random_model();
  const at::Tensor labels = at::arange(400).remainder(4);
  const auto places = [&](const at::Tensor& latents) {
    return inference::find_latent_axes(latents, labels).project(latents);  // (400, 2)
  };
  const at::Tensor before = latents_with_third_class_at(-4, labels),
                   after = latents_with_third_class_at(-8, labels);
  ASSERT_LT((places(before).select(1, 1) * places(after).select(1, 1)).sum().item<float>(), 0)
      << "their axes have other signs";
  Views views;
  views.set_model(model.get());
  views.set_latents(before, labels, "");
  const std::vector<float> shown = views.blocks().map->points;
  views.set_latents(after, labels, "");
  const std::vector<float>& now = views.blocks().map->points;
  for (size_t axis = 0; axis < 2; ++axis) {
    double agreement = 0;
    for (size_t i = axis; i < shown.size(); i += 2) agreement += static_cast<double>(shown[i]) * now[i];
    EXPECT_GT(agreement, 0) << axis;
  }
}

TEST(Views, SomebodyWaitsUntilWhatWasAskedForIsThere) {
  const auto model = random_model();
  const data::DataTensors data = random_data();
  Views views;
  views.set_model(model.get());
  views.set_data(&data);
  while (views.due(true)) views.advance(true);
  EXPECT_FALSE(views.answer_waits());
  views.inspect({});
  EXPECT_TRUE(views.answer_waits());
  views.advance(true);
  EXPECT_TRUE(views.answer_waits()) << "begun is not answered";
  while (views.due(true)) views.advance(true);
  EXPECT_FALSE(views.answer_waits());
  views.inspect({});
  views.show_picture(data.test_pixels[0], "a picture");
  EXPECT_FALSE(views.answer_waits()) << "the picture is what is looked at now";
  PreviewRequest other;
  other.seed = 77;
  views.set_request(other);
  EXPECT_TRUE(views.answer_waits());
  while (views.due(true)) views.advance(true);
  EXPECT_FALSE(views.answer_waits());
}

}  // namespace
}  // namespace lf::preview
