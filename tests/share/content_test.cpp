#include "share/content.h"

#include <gtest/gtest.h>

namespace lf::share {
namespace {

TEST(ShareContent, FoldersAreCutFromPaths) {
  EXPECT_EQ(without_folders("train --set autoencoder=/anywhere/weights/vae.safetensors --seed 1"),
            "train --set autoencoder=vae.safetensors --seed 1");
  EXPECT_EQ(without_folders("\"/anywhere/my name\""), "\"my name\"");
  EXPECT_EQ(without_folders("/data/runs/"), "runs/");
  EXPECT_EQ(without_folders("AutoencoderKL from vae"), "AutoencoderKL from vae");
  EXPECT_EQ(without_folders("1/2 and a/b"), "1/2 and a/b");  // not absolute
  EXPECT_EQ(without_folders("/"), "/");
  EXPECT_EQ(without_folders(""), "");
}

TEST(ShareContent, CountsTheWeightsOfBothNetworks) {
  LiveNetwork network;
  network.velocity = {{"a", {2, 3}, std::vector<float>(6)}, {"b", {4}, std::vector<float>(4)}};
  network.decoder = {{"decoder.c", {5}, std::vector<float>(5)}};
  EXPECT_EQ(network.count(), 15);
}

}  // namespace
}  // namespace lf::share
