// Messages for weights that are opened as a model and are none, and for models in several files.
#include <gtest/gtest.h>

#include "files/tensors/safetensors.h"
#include "foreign_names.h"
#include "inference/model.h"
#include "input_error_of.h"
#include "temporary_folder.h"
#include "test_paths.h"

namespace lf::inference {
namespace {

std::string refusal(const std::string& path) {
  return input_error_of([&] { load_model(path); });
}

TEST(OtherWeights, OpenedAsAModelAreToldWhatTheyAreGoodFor) {
  lf::testing::TemporaryFolder folder;
  EXPECT_TRUE(has(refusal(FIXTURES "/vae_small.safetensors"),
                  {"not a Latent Flow Explorer model", "AutoencoderKL", "--set autoencoder="}));
  EXPECT_TRUE(has(refusal(FIXTURES "/dit_small.safetensors"), {"a bare DiT", "verify --dit"}));
  EXPECT_TRUE(has(refusal(ASSETS "/judge.safetensors"), {"a classifier of this program"}));
  EXPECT_TRUE(has(refusal(ASSETS "/gallery.safetensors"), {"a gallery of this program"}));
  const std::string other = (folder / "other.safetensors").string();
  files::write_safetensors(
      other, as_latent_diffusion(files::read_safetensors(FIXTURES "/vae_small.safetensors"), 4, "vae."));
  EXPECT_TRUE(has(refusal(other), {"AutoencoderKL", other}));
  files::Safetensors model = files::read_safetensors(ASSETS "/model.safetensors");
  model.metadata["format"] = "latentflow-model-9";
  files::write_safetensors(other, model);
  EXPECT_TRUE(has(refusal(other), {"model format 'latentflow-model-9' is unknown"}));
}

TEST(OtherWeights, AModelInPartsIsTheSameModel) {
  lf::testing::TemporaryFolder folder;
  const files::Safetensors whole = files::read_safetensors(ASSETS "/model.safetensors");
  files::Safetensors parts[2];
  size_t next = 0;
  for (const auto& [name, tensor] : whole.tensors) parts[next++ % 2].tensors[name] = tensor;
  for (int i = 0; i < 2; ++i) {
    parts[i].metadata = whole.metadata;
    files::write_safetensors(folder / ("m-0000" + std::to_string(i + 1) + "-of-00002.safetensors"), parts[i]);
  }
  const auto model = load_model((folder / "m-00001-of-00002.safetensors").string());
  const auto reference = load_model(ASSETS "/model.safetensors");
  EXPECT_TRUE(model->net->parameters().flat().equal(reference->net->parameters().flat()));
}

TEST(OtherWeights, AnAutoencoderUnderOtherNamesIsTakenByTheSetting) {
  lf::testing::TemporaryFolder folder;
  const std::string path = (folder / "sd.safetensors").string();
  files::write_safetensors(path,
                           as_latent_diffusion(files::read_safetensors(FIXTURES "/vae_small.safetensors"), 4,
                                               "first_stage_model."));
  Settings settings("original");
  for (const auto& [key, value] : {std::pair<const char*, std::string>{"flow.width", "64"},
                                   {"flow.blocks", "1"},
                                   {"flow.heads", "4"},
                                   {"autoencoder", path}})
    settings.set(key, value);
  const auto model = make_model(settings);
  ASSERT_FALSE(model->notes.empty());
  EXPECT_NE(model->notes.front().find("latent-diffusion"), std::string::npos);
  settings.autoencoder.file = FIXTURES "/vae_small.safetensors";
  const auto reference = make_model(settings);
  EXPECT_TRUE(reference->notes.empty());
  EXPECT_TRUE(model->autoencoder->parameters().flat().equal(reference->autoencoder->parameters().flat()));
}

}  // namespace
}  // namespace lf::inference
