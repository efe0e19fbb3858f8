#include "experiment/verification.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "experiment/job.h"
#include "messages/errors.h"
#include "models/tensor_io.h"
#include "test_paths.h"

namespace lf {
namespace {

const std::string kDit = FIXTURES "/dit_small.safetensors",
                  kDitVectors = FIXTURES "/dit_small_vectors.safetensors";
const std::string kVae = FIXTURES "/vae_small.safetensors",
                  kVaeVectors = FIXTURES "/vae_small_vectors.safetensors";

JobResult verify(const std::string& dit, const std::string& vae, const std::string& vectors) {
  const auto job = make_verify_job({dit, vae, vectors, 0});
  while (job->advance()) {
  }
  return job->finish();
}

std::string joined(const JobResult& result) {
  std::string text;
  for (const auto& line : result.table) text += line + "\n";
  return text;
}

/// A copy of a weights file with one tensor scaled by 1.02.
std::string spoilt(const std::string& path, const std::string& tensor) {
  Safetensors file = read_safetensors(path);
  file.tensors[tensor] = file_bytes(to_tensor(file.tensors.at(tensor), tensor) * 1.02);
  const auto copy =
      (std::filesystem::temp_directory_path() / ("lf_spoilt_" + tensor + ".safetensors")).string();
  write_safetensors(copy, file);
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
                               "ode/x1", "28 evaluations", "ode/back_nfe"}) {
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

TEST(Verification, FilesThatDoNotBelongTogetherAreRefused) {
  EXPECT_THROW(verify(kVae, "", kDitVectors), InputError);
  EXPECT_THROW(verify(kDit, "", kVaeVectors), InputError);
  EXPECT_THROW(verify(kDit, kVae, kDitVectors), InputError);
}

}  // namespace
}  // namespace lf
