#include "jobs/networks/weights_info.h"

#include <gtest/gtest.h>

#include <cmath>

#include "foreign_names.h"
#include "input_error_of.h"
#include "jobs/job.h"
#include "models/weights/tensor_io.h"
#include "sliced_work.h"
#include "temporary_folder.h"
#include "test_paths.h"

namespace lf::jobs {
namespace {

class WeightsInfo : public ::testing::Test {
 protected:
  JobResult look(const std::string& path, bool raw = false) {
    const auto job = make_weights_job({path, 0, raw});
    complete_watched(*job);
    EXPECT_EQ(job->progress(), 1);
    return job->finish();
  }
  JobResult look(const files::Safetensors& file) {
    files::write_safetensors(folder_ / "w.safetensors", file);
    return look((folder_ / "w.safetensors").string());
  }
  static nlohmann::json json_of(const JobResult& result) { return nlohmann::json::parse(result.json.at(0)); }
  static std::string joined(const JobResult& result) {
    std::string text;
    for (const auto& line : result.table) {
      EXPECT_EQ(line.find('\n'), std::string::npos) << line;
      text += line + "\n";
    }
    return text;
  }

  lf::testing::TemporaryFolder folder_;
};

TEST_F(WeightsInfo, ANetworkThatFitsIsDescribed) {
  const JobResult result = look(FIXTURES "/dit_small.safetensors");
  const auto json = json_of(result);
  EXPECT_EQ(json.at("network"), "DiT");
  EXPECT_EQ(json.at("depth"), 2);
  EXPECT_TRUE(json.at("fits"));
  EXPECT_EQ(json.at("count"), 31);
  EXPECT_EQ(json.at("types").at("F32"), 31);
  EXPECT_EQ(json.at("prefix"), "");
  EXPECT_TRUE(json.at("left_out").empty());
  EXPECT_EQ(json.at("metadata").at("num_heads"), "4");
  const std::string text = joined(result);
  EXPECT_TRUE(has(text, {"DiT · input_size 4", "31 tensors", "metadata  depth: 2",
                         "blocks.#.attn.qkv.weight  2 tensors  F32  192×64", "final_layer.linear.bias"}));
  const auto tensors = models::to_tensors(files::read_safetensors(FIXTURES "/dit_small.safetensors"));
  for (const auto& [name, value] : tensors) {
    const auto& entry = json.at("tensors").at(name);
    EXPECT_NEAR(entry.at("mean").get<double>(), value.to(at::kDouble).mean().item<double>(), 1e-9) << name;
    EXPECT_NEAR(entry.at("std").get<double>(), value.to(at::kDouble).std().item<double>(), 1e-9) << name;
  }
}

TEST_F(WeightsInfo, SaysHowAForeignFileIsRead) {
  files::Safetensors file =
      as_latent_diffusion(files::read_safetensors(FIXTURES "/vae_small.safetensors"), 4, "vae.");
  file.tensors["unet.conv_in.weight"] = models::file_bytes(at::zeros({2, 2}, at::kHalf));
  const JobResult result = look(file);
  const auto json = json_of(result);
  EXPECT_EQ(json.at("network"), "AutoencoderKL");
  EXPECT_EQ(json.at("prefix"), "vae.");
  EXPECT_EQ(json.at("names"), "latent-diffusion");
  EXPECT_EQ(json.at("left_out"), nlohmann::json::array({"unet.conv_in.weight"}));
  EXPECT_EQ(json.at("types").at("F16"), 1);
  EXPECT_TRUE(has(joined(result), {"AutoencoderKL", "latent-diffusion", "prefix: vae.",
                                   "left out: unet.conv_in.weight", "F16 (1)"}));
}

TEST_F(WeightsInfo, AFileThatFitsNoNetworkIsShownWithTheReason) {
  files::Safetensors file = files::read_safetensors(FIXTURES "/dit_small.safetensors");
  file.tensors["y_embedder.embedding_table.weight"] = models::file_bytes(at::zeros({1001, 64}));
  JobResult result = look(file);
  EXPECT_TRUE(result.ok && result.passed);
  auto json = json_of(result);
  EXPECT_FALSE(json.at("fits"));
  EXPECT_EQ(json.at("network"), "other");
  EXPECT_EQ(json.at("seems"), "DiT");
  EXPECT_TRUE(has(json.at("reason").get<std::string>(), {"1,000 classes"}));
  EXPECT_TRUE(has(joined(result), {"no network fits", "1,000 classes", "y_embedder.embedding_table.weight"}));
  file = files::read_safetensors(FIXTURES "/dit_small.safetensors");
  file.tensors["pos_embed"] = models::file_bytes(at::full({1, 4, 64}, NAN));
  json = json_of(result = look(file));
  EXPECT_FALSE(json.at("fits"));
  EXPECT_EQ(json.at("tensors").at("pos_embed").at("not_finite"), 256);
  EXPECT_TRUE(json.at("tensors").at("pos_embed").at("mean").is_null());
}

TEST_F(WeightsInfo, AnySoundFileIsShown) {
  files::Safetensors file;
  file.tensors["layer1.0.conv1.weight"] = models::file_bytes(at::ones({4, 3}));
  file.tensors["count"] = models::file_bytes(at::arange(4, at::kLong));
  file.tensors["unsigned"] = {"U32", {2}, {1, 0, 0, 0, 3, 0, 0, 0}};
  file.tensors["eight"] = {"F8_E4M3", {2}, {0x38, 0x40}};  // 1 and 2
  file.tensors["four"] = {"F4", {4}, {0x12, 0x34}};
  file.tensors["complex"] = {"C64", {1}, {0, 0, 128, 63, 0, 0, 0, 0}};
  file.tensors["a\nname"] = models::file_bytes(at::zeros({0, 3}));
  file.metadata = {{"note", "one\ntwo"}, {"long", std::string(1000, 'x')}};
  const JobResult result = look(file);
  const auto json = json_of(result);
  EXPECT_EQ(json.at("count"), 7);
  const auto mean = [&](const char* name) { return json.at("tensors").at(name).at("mean"); };
  EXPECT_EQ(mean("count"), 1.5);
  EXPECT_EQ(mean("unsigned"), 2.0);
  EXPECT_EQ(mean("eight"), 1.5);
  EXPECT_TRUE(mean("four").is_null() && mean("complex").is_null());
  EXPECT_TRUE(has(joined(result), {"ResNet", "F8_E4M3", "C64", "0×3", "a name", "metadata  note: one two"}));
  file.tensors.clear();
  EXPECT_TRUE(has(joined(look(file)), {"0 tensors", "no tensors at all"}));
}

TEST_F(WeightsInfo, FilesOfThisProgramAreKnown) {
  for (const auto& [file, words] :
       {std::pair<const char*, const char*>{"/model.safetensors", "a model of this"},
        {"/judge.safetensors", "a classifier of this program"},
        {"/gallery.safetensors", "a gallery of this program"}})
    EXPECT_TRUE(has(joined(look(std::string(ASSETS) + file)), {words})) << file;
  EXPECT_TRUE(has(joined(look(FIXTURES "/dit_small_vectors.safetensors")), {"reference vectors"}));
}

TEST_F(WeightsInfo, WhatIsNoSoundFileIsRefused) {
  EXPECT_TRUE(has(input_error_of([&] { look(FIXTURES "/shapes_small.json"); }), {"weight_map"}));
  EXPECT_TRUE(has(input_error_of([&] { look((folder_ / "none").string()); }), {"no such file"}));
}

TEST_F(WeightsInfo, MomentsOfManyNumbersAreThoseOfAll) {
  auto generator = at::make_generator<at::CPUGeneratorImpl>(1);
  const at::Tensor value = at::randn({(1 << 22) + 1000}, generator, at::kFloat) * 3 + 100;
  const TensorNumbers numbers = numbers_of(value);
  EXPECT_NEAR(numbers.mean, value.to(at::kDouble).mean().item<double>(), 1e-9);
  EXPECT_NEAR(numbers.deviation, value.to(at::kDouble).std().item<double>(), 1e-9);
}

}  // namespace
}  // namespace lf::jobs
