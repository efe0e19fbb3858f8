// What is shown of a stored run: its trajectories on the axes of its map.
#include "experiment/views.h"

#include <gtest/gtest.h>

#include "random_data.h"
#include "random_model.h"

namespace lf {
namespace {

/// Three classes that lie apart, and one digit of each on its way to the middle of its class.
Gallery stored_gallery() {
  Gallery gallery;
  gallery.labels = at::arange(300).remainder(3);
  at::Tensor means = at::zeros({3, 64});
  means[0][5] = 4, means[1][9] = 5, means[2][5] = -3, means[2][9] = -2;
  gallery.latents = means.index_select(0, gallery.labels) + 0.3 * at::randn({300, 64});
  const LatentAxes axes = find_latent_axes(gallery.latents, gallery.labels);
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
}

TEST(Views, SomebodyWaitsUntilWhatWasAskedForIsThere) {
  const auto model = random_model();
  const DataTensors data = random_data();
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
}  // namespace lf
