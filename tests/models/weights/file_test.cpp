#include "models/weights/file.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "base/errors.h"
#include "models/weights/tensor_io.h"

namespace lf::models {
namespace {

namespace fs = std::filesystem;

at::Generator weights_generator(uint64_t seed) { return at::make_generator<at::CPUGeneratorImpl>(seed); }

/// A temporary folder for the test.
class WeightsFile : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() /
              ("lf_weights_" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string path(const std::string& name = "w.safetensors") const { return (folder_ / name).string(); }

  /// A small DiT with random weights, written and read back as raw tensors for a test to damage.
  files::Safetensors written_dit() {
    Dit net({4, 2, 4, 32, 2, 2, 4}, weights_generator(1), false);
    auto g = weights_generator(2);
    net.parameters().flat().normal_(0, 0.1, g);
    save_dit(path(), net);
    return files::read_safetensors(path());
  }
  std::string complaint(const files::Safetensors& file, int64_t heads = 0) {
    files::write_safetensors(path("spoilt.safetensors"), file);
    try {
      std::string notice;
      load_dit(read_weights(path("spoilt.safetensors")), heads, false, notice);
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  }

  fs::path folder_;
};

TEST_F(WeightsFile, DitComesBackAsItWas) {
  written_dit();
  std::string notice;
  const auto net = load_dit(read_weights(path()), 0, false, notice);
  EXPECT_EQ(notice, "");
  EXPECT_EQ(net->config().heads, 2);
  EXPECT_EQ(net->config().depth, 2);
  const auto tensors = to_tensors(files::read_safetensors(path()));
  for (const auto& [name, value] : net->parameters().to_map()) EXPECT_TRUE(value.equal(tensors.at(name)));
}

TEST_F(WeightsFile, AutoencoderComesBackUnderOldNamesToo) {
  const KlAutoencoder net({{32, 64}, 1, 4, 3}, weights_generator(1));
  save_kl_autoencoder(path(), net);
  files::Safetensors file = files::read_safetensors(path()), old;
  old.metadata = file.metadata;
  for (auto& [name, bytes] : file.tensors) {
    std::string was = name;
    for (const auto& [word, old_word] :
         {std::pair<const char*, const char*>{".to_q.", ".query."}, {".to_out.0.", ".proj_attn."}}) {
      const auto at = was.find(word);
      if (at != std::string::npos) was.replace(at, std::string(word).size(), old_word);
    }
    old.tensors["net." + was] = bytes;
  }
  files::write_safetensors(path("old.safetensors"), old);
  const auto again = load_kl_autoencoder(read_weights(path("old.safetensors")));
  EXPECT_TRUE(again->parameters().flat().equal(net.parameters().flat()));
}

TEST_F(WeightsFile, EveryMismatchIsListedAtOnce) {
  files::Safetensors file = written_dit();
  file.tensors.erase("blocks.1.attn.qkv.bias");
  file.tensors["stranger"] = file.tensors.at("x_embedder.proj.bias");
  file.tensors["t_embedder.mlp.2.bias"] = file_bytes(at::zeros({33}));
  const std::string text = complaint(file);
  EXPECT_NE(text.find("missing blocks.1.attn.qkv.bias"), std::string::npos) << text;
  EXPECT_NE(text.find("unexpected stranger"), std::string::npos) << text;
  EXPECT_NE(text.find("t_embedder.mlp.2.bias has shape (33) instead of (32)"), std::string::npos) << text;
}

TEST_F(WeightsFile, HeadsComeFromMetadataThenTheCallerThenTheWidth) {
  files::Safetensors file = written_dit();
  EXPECT_NE(complaint(file, 4).find("its metadata say 2"), std::string::npos);
  file.metadata.clear();
  EXPECT_NE(complaint(file).find("--set heads=N"), std::string::npos);  // 32/64 is no number of heads
  EXPECT_EQ(complaint(file, 4), "");
  EXPECT_NE(complaint(file, 5).find("5 heads do not divide"), std::string::npos);
}

TEST_F(WeightsFile, HeadsFromTheWidthAreSaid) {
  save_dit(path(), Dit({4, 2, 4, 128, 1, 2, 4}, weights_generator(1), false));
  files::Safetensors file = files::read_safetensors(path());
  file.metadata.clear();
  files::write_safetensors(path(), file);
  std::string notice;
  EXPECT_EQ(load_dit(read_weights(path()), 0, false, notice)->config().heads, 2);
  EXPECT_NE(notice.find("width/64"), std::string::npos);
}

TEST_F(WeightsFile, ContradictionsAndImpossibleShapesAreRefused) {
  files::Safetensors file = written_dit();
  file.metadata["depth"] = "7";
  EXPECT_NE(complaint(file).find("depth 7, the shapes say 2"), std::string::npos);
  file = written_dit();
  file.tensors["pos_embed"] = file_bytes(at::zeros({1, 6, 32}));
  EXPECT_NE(complaint(file).find("6 tokens, which is not a square"), std::string::npos);
  file = written_dit();
  file.tensors["x_embedder.proj.bias"] = file_bytes(at::zeros({32}, at::kLong));
  EXPECT_NE(complaint(file).find("x_embedder.proj.bias holds Long"), std::string::npos);
  file = written_dit();
  file.tensors["x_embedder.proj.bias"] = file_bytes(at::full({32}, NAN));
  EXPECT_NE(complaint(file).find("not finite"), std::string::npos);
}

TEST_F(WeightsFile, AnotherNamesWidthReservesNothing) {
  // One small tensor that announces a giant network: rejected by the shapes of the others before
  // memory is allocated.
  files::Safetensors file = written_dit();
  file.metadata.clear();
  file.tensors["x_embedder.proj.weight"] = file_bytes(at::zeros({65536, 1, 1, 1}));
  const std::string text = complaint(file, 4);
  EXPECT_NE(text.find("blocks.1.mlp.fc2.weight has shape"), std::string::npos) << text.substr(0, 200);
}

}  // namespace
}  // namespace lf::models
