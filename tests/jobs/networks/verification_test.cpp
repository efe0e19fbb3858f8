#include "jobs/networks/verification.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "base/errors.h"
#include "foreign_names.h"
#include "jobs/job.h"
#include "models/weights/tensor_io.h"
#include "sliced_work.h"
#include "temporary_folder.h"
#include "test_paths.h"

namespace lf::jobs {
namespace {

const std::string kDit = FIXTURES "/dit_small.safetensors",
                  kDitVectors = FIXTURES "/dit_small_vectors.safetensors";
const std::string kVae = FIXTURES "/vae_small.safetensors",
                  kVaeVectors = FIXTURES "/vae_small_vectors.safetensors";

JobResult verify(const std::string& dit, const std::string& vae, const std::string& vectors) {
  const auto job = make_verify_job({dit, vae, vectors, 0});
  complete_watched(*job);
  return job->finish();
}

std::string joined(const JobResult& result) {
  std::string text;
  for (const auto& line : result.table) text += line + "\n";
  return text;
}

/// Prefixes of the lines that report equality of these quantities.
void expect_ok(const JobResult& result, const std::vector<std::string>& quantities) {
  for (const auto& quantity : quantities) {
    const auto line = std::find_if(result.table.begin(), result.table.end(),
                                   [&](const std::string& text) { return text.rfind(quantity, 0) == 0; });
    ASSERT_NE(line, result.table.end()) << quantity;
    EXPECT_NE(line->find("  ok"), std::string::npos) << *line;
  }
}

/// A copy of a weights file with one tensor scaled by 1.02.
std::string spoilt(const std::string& path, const std::string& tensor) {
  files::Safetensors file = files::read_safetensors(path);
  file.tensors[tensor] = models::file_bytes(models::to_tensor(file.tensors.at(tensor), tensor) * 1.02);
  const auto copy =
      (std::filesystem::temp_directory_path() / ("lf_spoilt_" + tensor + ".safetensors")).string();
  files::write_safetensors(copy, file);
  return copy;
}

TEST(Verification, RelativeErrorIsThatOfTheLargestNumbers) {
  const VerifyRow row = compare("q", at::tensor({1.0, 2.0, -4.5}), at::tensor({1.0, 2.1, -4.0}), 0.2);
  EXPECT_NEAR(row.max_rel, 0.125, 1e-6);
  EXPECT_TRUE(row.ok);
  EXPECT_TRUE(compare("zeros", at::zeros({3}), at::zeros({3}), 1e-4).ok);
  EXPECT_FALSE(compare("something for nothing", at::ones({3}), at::zeros({3}), 1e-4).ok);
  EXPECT_FALSE(compare("nan", at::full({3}, NAN), at::ones({3}), 1e-4).ok);
  EXPECT_FALSE(compare("shape", at::ones({4}), at::ones({2, 2}), 1e-4).ok);
}

TEST(Verification, DitAgreesWithTheReference) {
  const JobResult result = verify(kDit, "", kDitVectors);
  EXPECT_TRUE(result.passed) << joined(result);
  for (const char* quantity : {"time_features", "velocity", "grad/blocks.1.attn.qkv.weight", "adam/loss",
                               "ode/x1", "28 function evaluations", "ode/back_nfe"}) {
    EXPECT_NE(joined(result).find(quantity), std::string::npos) << quantity;
  }
}

TEST(Verification, AutoencoderAgreesWithTheReference) {
  const JobResult result = verify("", kVae, kVaeVectors);
  EXPECT_TRUE(result.passed) << joined(result);
}

TEST(Verification, AWeightOffByTwoPercentIsNoticed) {
  for (const char* tensor :
       {"blocks.0.attn.qkv.weight", "t_embedder.mlp.0.bias", "final_layer.linear.weight"}) {
    EXPECT_FALSE(verify(spoilt(kDit, tensor), "", kDitVectors).passed) << tensor;
  }
  for (const char* tensor : {"encoder.conv_in.weight", "decoder.mid_block.attentions.0.to_v.weight"}) {
    EXPECT_FALSE(verify("", spoilt(kVae, tensor), kVaeVectors).passed) << tensor;
  }
}

TEST(Verification, WeightsUnderOtherNamesAgreeAsWell) {
  lf::testing::TemporaryFolder folder;
  const std::string vae = (folder / "sd.safetensors").string(), dit = (folder / "dit.safetensors").string();
  files::Safetensors file = as_latent_diffusion(files::read_safetensors(kVae), 4, "first_stage_model.");
  file.tensors["model.diffusion_model.out.2.bias"] = models::file_bytes(at::zeros({4}));
  files::write_safetensors(vae, file);
  const JobResult result = verify("", vae, kVaeVectors);
  EXPECT_TRUE(result.passed) << joined(result);
  for (const char* said :
       {"latent-diffusion", "first_stage_model.", "left out: model.diffusion_model.out.2.bias"})
    EXPECT_NE(joined(result).find(said), std::string::npos) << joined(result);
  const files::Safetensors small = files::read_safetensors(kDit);
  file = renamed(small, [](const std::string& name) { return "ema." + name; });
  for (const auto& [name, tensor] : small.tensors)
    file.tensors["module." + name] = models::file_bytes(models::to_tensor(tensor, name) * 1.02);
  files::write_safetensors(dit, file);
  EXPECT_TRUE(verify(dit, "", kDitVectors).passed);
  const auto raw = make_verify_job({dit, "", kDitVectors, 0, true});
  complete_watched(*raw);
  EXPECT_FALSE(raw->finish().passed);
}

TEST(Verification, ALabelledDitIsCheckedWithAndWithoutLabels) {
  lf::testing::TemporaryFolder folder;
  const std::string dit = (folder / "dit.safetensors").string(),
                    vectors = (folder / "v.safetensors").string();
  files::Safetensors file = files::read_safetensors(kDit);
  // A row of the table has the same effect as the same numbers in the bias that it is added to.
  const at::Tensor row = at::linspace(-1, 1, 64);
  file.tensors["y_embedder.embedding_table.weight"] =
      models::file_bytes(at::cat({row.repeat({10, 1}), at::zeros({1, 64})}));
  files::write_safetensors(dit, file);
  expect_ok(verify(dit, "", kDitVectors), {"velocity ", "loss ", "grad/blocks.0.attn.qkv.weight "});
  const std::string name = "t_embedder.mlp.2.bias";
  file.tensors[name] = models::file_bytes(models::to_tensor(file.tensors.at(name), name) - row);
  files::write_safetensors(dit, file);
  EXPECT_FALSE(verify(dit, "", kDitVectors).passed);
  files::Safetensors labelled = files::read_safetensors(kDitVectors);
  labelled.tensors["labels"] = models::file_bytes(at::arange(7, at::kLong));
  files::write_safetensors(vectors, labelled);
  expect_ok(verify(dit, "", vectors), {"velocity ", "loss ", "grad/blocks.0.attn.qkv.weight "});
  labelled.tensors["labels"] = models::file_bytes(at::full({7}, 11, at::kLong));
  files::write_safetensors(vectors, labelled);
  EXPECT_THROW(verify(dit, "", vectors), InputError);
}

TEST(Verification, FilesThatDoNotBelongTogetherAreRefused) {
  EXPECT_THROW(verify(kVae, "", kDitVectors), InputError);
  EXPECT_THROW(verify(kDit, "", kVaeVectors), InputError);
  EXPECT_THROW(verify(kDit, kVae, kDitVectors), InputError);
}

}  // namespace
}  // namespace lf::jobs
