// gallery.safetensors of a run folder: the first content of a window for a stored run, and a file
// that may be damaged.
#include "preview/gallery.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/errors.h"
#include "expect_error.h"
#include "grey_sheet.h"
#include "models/weights/tensor_io.h"
#include "temporary_folder.h"

namespace lf::testing {
namespace {

/// Three latents, one reconstruction, one digit in two states.
preview::Gallery small_gallery() {
  preview::Gallery gallery;
  gallery.latents = at::zeros({3, 64}, at::kFloat);
  gallery.labels = at::arange(3, at::kLong);
  auto& r = gallery.reconstructions;
  r.original = grey_sheet(1, 1), r.reconstruction = grey_sheet(1, 2);
  r.labels = {7}, r.mse = {0.5f};
  r.psnr = 20, r.psnr_count = 100, r.available = 1000;
  auto& flow = gallery.flow;
  flow.t = {0, 1};
  flow.images = grey_sheet(2, 3), flow.endpoints = grey_sheet(2, 4);
  flow.points.assign(2 * 2, 0.5f);
  flow.labels = {4};
  flow.judged = {4, 4};
  flow.digits = flow.particles = 1;
  return gallery;
}

TEST(Gallery, ReadsBackAsItWasWritten) {
  TemporaryFolder folder;
  const std::string path = (folder / "g").string();
  preview::save_gallery(small_gallery(), path);
  const preview::Gallery back = preview::load_gallery(path);
  EXPECT_EQ(back.latents.size(0), 3);
  EXPECT_EQ(back.reconstructions.labels, std::vector<uint8_t>{7});
  EXPECT_EQ(back.reconstructions.psnr_count, 100);
  EXPECT_EQ(back.flow.labels, std::vector<uint8_t>{4});
}

TEST(Gallery, OfANetWithoutLabelsAndWithoutAJudgeIsReadBack) {
  TemporaryFolder folder;
  const std::string path = (folder / "g").string();
  preview::Gallery unlabelled = small_gallery();
  unlabelled.flow.labels = {10};  // without a class
  unlabelled.flow.judged.clear();
  preview::save_gallery(unlabelled, path);
  EXPECT_EQ(preview::load_gallery(path).flow.labels, std::vector<uint8_t>{10});
}

TEST(Gallery, RefusesWhatTheWindowCouldNotShow) {
  TemporaryFolder folder;
  const std::string path = (folder / "g").string();
  preview::save_gallery(small_gallery(), path);
  const files::Safetensors sound = files::read_safetensors(path);
  const std::map<std::string, at::Tensor> damaged{{"latents", at::full({3, 64}, NAN, at::kFloat)},
                                                  {"latent_labels", at::full({3, 1}, 10, at::kByte)},
                                                  {"labels", at::full({1, 1}, 255, at::kByte)},
                                                  {"flow.labels", at::full({1, 1}, 200, at::kByte)},
                                                  {"flow.judged", at::full({2, 1}, 10, at::kByte)},
                                                  {"flow.points", at::full({2, 2}, INFINITY, at::kFloat)},
                                                  {"flow.t", at::zeros({0, 1}, at::kFloat)},
                                                  {"mse", at::zeros({2, 1}, at::kFloat)}};
  for (const auto& [name, value] : damaged) {
    files::Safetensors wrong = sound;
    wrong.tensors[name] = models::file_bytes(value);
    files::write_safetensors(path, wrong);
    expect_error<InputError>("delete the file", [&] { preview::load_gallery(path); });
  }
}

TEST(Gallery, FactsThatAreNoCountsAreNone) {
  TemporaryFolder folder;
  const std::string path = (folder / "g").string();
  preview::save_gallery(small_gallery(), path);
  files::Safetensors file = files::read_safetensors(path);
  file.metadata["psnr_count"] = "1e300";
  file.metadata["available"] = "nan";
  files::write_safetensors(path, file);
  const preview::Gallery back = preview::load_gallery(path);
  EXPECT_EQ(back.reconstructions.available, 0);
  EXPECT_LE(back.reconstructions.psnr_count, 1000000);
}

}  // namespace
}  // namespace lf::testing
