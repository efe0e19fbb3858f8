// The fixtures' networks under other programs' names, prefixes and number types: the result is the
// same network, bit by bit.
#include <ATen/core/grad_mode.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "base/errors.h"
#include "foreign_names.h"
#include "input_error_of.h"
#include "models/weights/file.h"
#include "models/weights/tensor_io.h"
#include "temporary_folder.h"
#include "test_paths.h"

namespace lf::models {
namespace {

constexpr int kScales = 4;  // of the fixture's autoencoder

class ForeignWeights : public ::testing::Test {
 protected:
  static files::Safetensors vae() { return files::read_safetensors(FIXTURES "/vae_small.safetensors"); }
  static files::Safetensors dit() { return files::read_safetensors(FIXTURES "/dit_small.safetensors"); }

  std::string written(const files::Safetensors& file, const std::string& name = "w.safetensors") {
    files::write_safetensors(folder_ / name, file);
    return (folder_ / name).string();
  }
  Weights read(const files::Safetensors& file, WeightsKind kind, bool raw = false) {
    return read_weights(written(file), kind, raw);
  }
  Weights read_vae(const files::Safetensors& file, bool raw = false) {
    return read(file, WeightsKind::KlAutoencoder, raw);
  }
  Weights read_dit(const files::Safetensors& file, bool raw = false) {
    return read(file, WeightsKind::Dit, raw);
  }
  std::string refused_vae(const files::Safetensors& file) {
    return input_error_of([&] { read_vae(file); });
  }
  std::string refused_dit(const files::Safetensors& file) {
    return input_error_of([&] { read_dit(file); });
  }

  /// Encoder and decoder of both give the same bits.
  static void expect_same_vae(const Weights& weights) {
    at::NoGradGuard no_grad;
    const auto reference = load_kl_autoencoder(read_weights(FIXTURES "/vae_small.safetensors"));
    const auto net = load_kl_autoencoder(weights);
    auto generator = at::make_generator<at::CPUGeneratorImpl>(1);
    const at::Tensor image = at::rand({2, 3, 32, 32}, generator, at::kFloat).mul(2).sub(1);
    const Posterior a = reference->encode(image), b = net->encode(image);
    EXPECT_TRUE(a.mean.equal(b.mean) && a.log_variance.equal(b.log_variance));
    EXPECT_TRUE(reference->decode(a.mean).equal(net->decode(a.mean)));
  }
  /// The same weights bit by bit, which is the same network: faster than running it.
  static void expect_weights_of_vae(const Weights& weights) {
    const auto net = load_kl_autoencoder(weights);
    const auto reference = load_kl_autoencoder(read_weights(FIXTURES "/vae_small.safetensors"));
    EXPECT_EQ(net->config().widths, reference->config().widths);
    EXPECT_TRUE(net->parameters().flat().equal(reference->parameters().flat()));
  }
  static std::unique_ptr<Dit> dit_of(const Weights& weights) {
    std::string notice;
    return load_dit(weights, 4, false, notice);
  }
  static at::Tensor velocity(const Dit& net) {
    at::NoGradGuard no_grad;
    auto generator = at::make_generator<at::CPUGeneratorImpl>(2);
    return net.forward(at::randn({3, 4, 4, 4}, generator, at::kFloat), at::tensor({0.1f, 0.5f, 0.9f}));
  }
  static void expect_same_dit(const Weights& weights) {
    EXPECT_TRUE(
        velocity(*dit_of(weights)).equal(velocity(*dit_of(read_weights(FIXTURES "/dit_small.safetensors")))));
  }
  static std::string all(const Weights& weights) {
    std::string text;
    for (const auto& note : weights.notes) text += note + "\n";
    return text;
  }
  static files::Safetensors prefixed(const files::Safetensors& file, const std::string& prefix) {
    return renamed(file, [&](const std::string& name) { return prefix + name; });
  }
  /// Every number of `file` times `factor`.
  static files::Safetensors scaled(const files::Safetensors& file, double factor) {
    files::Safetensors other = file;
    for (auto& [name, tensor] : other.tensors) tensor = file_bytes(to_tensor(tensor, name) * factor);
    return other;
  }
  static void add(files::Safetensors& file, const files::Safetensors& other) {
    for (const auto& [name, tensor] : other.tensors) file.tensors[name] = tensor;
  }

  lf::testing::TemporaryFolder folder_;
};

TEST_F(ForeignWeights, LatentDiffusionsNamesAreTheSameAutoencoder) {
  const Weights weights = read_vae(as_latent_diffusion(vae(), kScales));
  expect_same_vae(weights);
  EXPECT_NE(all(weights).find("latent-diffusion"), std::string::npos) << all(weights);
}

TEST_F(ForeignWeights, AWholeCheckpointOfStableDiffusion) {
  files::Safetensors file = as_latent_diffusion(vae(), kScales, "first_stage_model.");
  for (const char* name :
       {"model.diffusion_model.input_blocks.0.0.weight", "betas", "model.diffusion_model.out.2.bias",
        "cond_stage_model.transformer.x.weight", "first_stage_model.loss.logvar", "model_ema.decay"})
    file.tensors[name] = file_bytes(at::zeros({2}));
  const Weights weights = read_vae(file);
  expect_weights_of_vae(weights);
  EXPECT_EQ(weights.tensors.size(), vae().tensors.size());
  for (const char* said : {"first_stage_model. was removed", "2 tensors under model.", "betas",
                           "first_stage_model.loss.logvar", "model_ema.decay"})
    EXPECT_NE(all(weights).find(said), std::string::npos) << said << "\n" << all(weights);
}

TEST_F(ForeignWeights, OldNamesOfDiffusersAreTheSameAutoencoder) {
  expect_weights_of_vae(read_vae(renamed(vae(), old_diffusers_name)));
}

TEST_F(ForeignWeights, PrefixesAndWrappersInAnyCombination) {
  for (const char* prefix :
       {"module.", "_orig_mod.", "ema.", "model.", "net.", "state_dict.", "vae.", "state_dict.module.vae.",
        "model._orig_mod.", "pipeline.first.one.we.know.not."}) {
    expect_weights_of_vae(read_vae(prefixed(vae(), prefix)));
    const Weights weights = read_dit(prefixed(dit(), prefix));
    expect_same_dit(weights);
    EXPECT_NE(all(weights).find(std::string("prefix: ") + prefix + " was"), std::string::npos)
        << all(weights);
  }
  expect_same_dit(read_dit(renamed(dit(), [](const std::string& name) {
    return name.rfind("blocks.1.", 0) == 0 ? "blocks.1._orig_mod." + name.substr(9) : name;
  })));
}

TEST_F(ForeignWeights, OfRawAndAveragedWeightsTheAveragedAreTakenUnlessRawIsWanted) {
  for (const auto& [raw_prefix, average_prefix] : {std::pair<const char*, const char*>{"", "ema."},
                                                   {"model.", "model_ema."},
                                                   {"state_dict.net.", "state_dict.ema_model."},
                                                   {"ema.online_model.", "ema.ema_model."}}) {
    files::Safetensors file = prefixed(dit(), average_prefix);
    add(file, prefixed(scaled(dit(), 0.5), raw_prefix));
    file.tensors["ema.num_updates"] = file_bytes(at::ones({1}, at::kLong));
    const Weights averaged = read_dit(file), raw = read_dit(file, /*raw=*/true);
    expect_same_dit(averaged);
    EXPECT_FALSE(velocity(*dit_of(raw)).equal(velocity(*dit_of(averaged))));
    EXPECT_NE(all(averaged).find("the averaged ones ("), std::string::npos) << all(averaged);
    EXPECT_NE(all(raw).find("the raw ones ("), std::string::npos) << all(raw);
  }
  expect_same_dit(read_dit(prefixed(dit(), "ema."), /*raw=*/true));  // all that there is
}

TEST_F(ForeignWeights, AveragesWithoutDotsAreFound) {
  files::Safetensors file = scaled(as_latent_diffusion(vae(), kScales), 0.5);
  const files::Safetensors average = as_latent_diffusion(vae(), kScales);
  for (const auto& [name, tensor] : average.tensors) {
    std::string plain = name;
    plain.erase(std::remove(plain.begin(), plain.end(), '.'), plain.end());
    file.tensors["model_ema." + plain] = tensor;
  }
  file.tensors["model_ema.decay"] = file_bytes(at::ones({}));
  expect_weights_of_vae(read_vae(file));
  EXPECT_NE(all(read_vae(file, true)).find("the raw ones"), std::string::npos);
}

TEST_F(ForeignWeights, TwoNetworksThatFitAreNotGuessedAt) {
  files::Safetensors file = prefixed(dit(), "teacher.");
  add(file, prefixed(dit(), "student."));
  const std::string text = refused_dit(file);
  EXPECT_NE(text.find("2 DiTs that fit (student., teacher.)"), std::string::npos) << text;
}

TEST_F(ForeignWeights, ANetworkThatFitsIsPreferredToOneThatDoesNot) {
  files::Safetensors file = prefixed(dit(), "net.");
  file.tensors["other.x_embedder.proj.weight"] = file_bytes(at::zeros({8, 4, 2, 2}));
  expect_same_dit(read_dit(file));
}

TEST_F(ForeignWeights, BothKindsSideBySide) {
  files::Safetensors file = prefixed(vae(), "autoencoder.");
  add(file, prefixed(dit(), "velocity."));
  expect_weights_of_vae(read_vae(file));
  expect_same_dit(read_dit(file));
  files::Safetensors bare = vae();
  add(bare, dit());
  expect_weights_of_vae(read_vae(bare));
  expect_same_dit(read_dit(bare));
}

TEST_F(ForeignWeights, NoTensorOfTheNetworkIsLeftOutInSilence) {
  files::Safetensors file = as_latent_diffusion(vae(), kScales);
  file.tensors["decoder.up.0.attn.0.q.weight"] = file_bytes(at::zeros({32, 32, 1, 1}));
  EXPECT_NE(refused_vae(file).find("attention inside its scales"), std::string::npos) << refused_vae(file);
  file = prefixed(dit(), "model.");
  file.tensors["model.stranger"] = file_bytes(at::zeros({2}));
  EXPECT_NE(refused_dit(file).find("unexpected stranger"), std::string::npos) << refused_dit(file);
  file = as_latent_diffusion(vae(), kScales);
  file.tensors["encoder.mid_block.resnets.0.norm1.weight"] =
      file.tensors.at("encoder.mid.block_1.norm1.weight");
  EXPECT_NE(refused_vae(file).find("twice"), std::string::npos) << refused_vae(file);
  file = as_latent_diffusion(vae(), kScales);
  file.tensors.erase("decoder.up.2.block.1.conv1.bias");
  EXPECT_NE(refused_vae(file).find("missing decoder.up_blocks.1.resnets.1.conv1.bias"), std::string::npos);
}

TEST_F(ForeignWeights, OtherAutoencodersAreToldWhyTheyDoNotFit) {
  files::Safetensors file = as_latent_diffusion(vae(), kScales);
  file.tensors["quantize.embedding.weight"] = file_bytes(at::zeros({16, 4}));
  EXPECT_NE(refused_vae(file).find("code book"), std::string::npos) << refused_vae(file);
  file = vae();
  for (const char* name :
       {"quant_conv.weight", "quant_conv.bias", "post_quant_conv.weight", "post_quant_conv.bias"})
    file.tensors.erase(name);
  EXPECT_NE(refused_vae(file).find("FLUX"), std::string::npos) << refused_vae(file);
  files::Safetensors half;
  for (const auto& [name, tensor] : vae().tensors) {
    if (name.rfind("encoder.", 0) != 0) half.tensors[name] = tensor;
  }
  EXPECT_NE(refused_vae(half).find("a decoder but no encoder"), std::string::npos) << refused_vae(half);
  EXPECT_NE(refused_vae(dit()).find("it holds no AutoencoderKL; it holds a network of the kind DiT"),
            std::string::npos);
}

TEST_F(ForeignWeights, ALabelledDitOfTenClassesIsALabelledNetwork) {
  files::Safetensors file = dit();
  file.metadata.clear();
  auto generator = at::make_generator<at::CPUGeneratorImpl>(3);
  const at::Tensor table = at::randn({11, 64}, generator, at::kFloat);
  table[10].zero_();  // no label: the unconditional network
  file.tensors["y_embedder.embedding_table.weight"] = file_bytes(table);
  const auto net = dit_of(read_dit(file));
  EXPECT_TRUE(net->labelled());
  EXPECT_TRUE(velocity(*net).equal(velocity(*dit_of(read_weights(FIXTURES "/dit_small.safetensors")))));
  at::NoGradGuard no_grad;
  const at::Tensor x = at::ones({2, 4, 4, 4}), t = at::full({2}, 0.5);
  const at::Tensor digits = net->forward(x, t, at::tensor(at::ArrayRef<int64_t>{3, 10}, at::kLong));
  EXPECT_FALSE(digits[0].equal(digits[1]));
  EXPECT_TRUE(digits[1].equal(net->forward(x, t)[1]));
  save_dit((folder_ / "again.safetensors").string(), *net);
  EXPECT_TRUE(dit_of(read_weights((folder_ / "again.safetensors").string()))->labelled());
}

TEST_F(ForeignWeights, OtherLabelledDitsAreToldWhyTheyDoNotFit) {
  files::Safetensors file = dit();
  file.tensors["y_embedder.embedding_table.weight"] = file_bytes(at::zeros({1001, 64}));
  EXPECT_NE(refused_dit(file).find("1,000 classes"), std::string::npos) << refused_dit(file);
  file.tensors["final_layer.linear.weight"] = file_bytes(at::zeros({32, 64}));
  file.tensors["final_layer.linear.bias"] = file_bytes(at::zeros({32}));
  EXPECT_NE(refused_dit(file).find("1,000 classes (with the null class 1,001 rows) and predicts noise and "
                                   "variance (8 output channels for 4 input channels)"),
            std::string::npos)
      << refused_dit(file);
  file.tensors.erase("y_embedder.embedding_table.weight");
  EXPECT_NE(refused_dit(file).find("does not fit: it predicts noise and variance"), std::string::npos);
  file = dit();
  file.tensors["y_embedder.embedding_table.weight"] = file_bytes(at::zeros({10, 64}));
  EXPECT_NE(refused_dit(file).find("10 classes but no null class"), std::string::npos);
  file.tensors["y_embedder.embedding_table.weight"] = file_bytes(at::zeros({11, 32}));
  EXPECT_NE(refused_dit(file).find("rows of 32 numbers instead of 64"), std::string::npos);
}

TEST_F(ForeignWeights, EveryFloatingPointTypeBecomesFloat32) {
  for (const auto type : {at::kDouble, at::kHalf, at::kBFloat16, at::kFloat8_e4m3fn, at::kFloat8_e5m2}) {
    files::Safetensors file = dit(), rounded = dit();
    for (auto& [name, tensor] : file.tensors) {
      const at::Tensor value = to_tensor(tensor, name).to(type);
      tensor = file_bytes(value);
      rounded.tensors[name] = file_bytes(value.to(at::kFloat));
    }
    const Weights weights = read_dit(file);
    for (const auto& [name, value] : weights.tensors) EXPECT_EQ(value.scalar_type(), at::kFloat) << name;
    EXPECT_NE(all(weights).find("converted to float32"), std::string::npos);
    EXPECT_TRUE(velocity(*dit_of(weights)).equal(velocity(*dit_of(read_dit(rounded))))) << at::toString(type);
  }
}

TEST_F(ForeignWeights, QuantisedWeightsAreRefusedInOneLine) {
  files::Safetensors file = dit();
  auto& weight = file.tensors.at("blocks.0.attn.qkv.weight");
  weight = file_bytes(to_tensor(weight, "w").to(at::kFloat8_e4m3fn));
  file.tensors["blocks.0.attn.qkv.weight_scale"] = file_bytes(at::ones({}));
  EXPECT_NE(refused_dit(file).find("quantised with separate scales"), std::string::npos) << refused_dit(file);
  file = dit();
  file.tensors.at("blocks.0.attn.qkv.weight") = file_bytes(at::zeros({192, 64}, at::kChar));
  EXPECT_NE(refused_dit(file).find("floating-point numbers"), std::string::npos) << refused_dit(file);
  file.tensors.at("blocks.0.attn.qkv.weight") = {"F4", {192, 64}, std::vector<uint8_t>(192 * 64 / 2)};
  EXPECT_NE(refused_dit(file).find("type F4 are not read here"), std::string::npos) << refused_dit(file);
}

TEST_F(ForeignWeights, ASeriesOfPartsIsOneNetwork) {
  std::vector<files::Safetensors> parts(3);
  size_t next = 0;
  std::string map;
  const files::Safetensors whole = as_latent_diffusion(vae(), kScales);
  for (const auto& [name, tensor] : whole.tensors) {
    const size_t part = next++ % parts.size();
    parts[part].tensors[name] = tensor;
    map += std::string(map.empty() ? "" : ",") + "\"" + name + "\":\"vae-0000" + std::to_string(part + 1) +
           "-of-00003.safetensors\"";
  }
  for (size_t i = 0; i < parts.size(); ++i)
    written(parts[i], "vae-0000" + std::to_string(i + 1) + "-of-00003.safetensors");
  expect_weights_of_vae(read_weights((folder_ / "vae-00002-of-00003.safetensors").string()));
  expect_weights_of_vae(read_weights(folder_.path().string()));
  std::ofstream(folder_ / "vae.safetensors.index.json") << "{\"weight_map\":{" << map << "}}";
  expect_weights_of_vae(read_weights((folder_ / "vae.safetensors.index.json").string()));
}

TEST_F(ForeignWeights, AFileWithoutANetworkSaysWhatItIs) {
  files::Safetensors file;
  file.tensors["model.diffusion_model.input_blocks.0.0.weight"] = file_bytes(at::zeros({2}));
  EXPECT_NE(refused_vae(file).find("denoising U-Net"), std::string::npos) << refused_vae(file);
  file.tensors = {{"unet.lora_down.weight", file_bytes(at::zeros({2}))}};
  EXPECT_NE(refused_vae(file).find("LoRA"), std::string::npos) << refused_vae(file);
  file.tensors = {{"a.b", file_bytes(at::zeros({2}))}};
  EXPECT_NE(refused_dit(file).find("1 tensor, the first a.b"), std::string::npos) << refused_dit(file);
  file.tensors.clear();
  EXPECT_NE(input_error_of([&] { read_weights(written(file)); }).find("no tensors at all"),
            std::string::npos);
}

}  // namespace
}  // namespace lf::models
