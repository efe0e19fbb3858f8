#include "files/tensors/foreign_weights.h"

#include <gtest/gtest.h>

#include "base/errors.h"
#include "expect_error.h"
#include "files/atomic_write.h"
#include "files/tensors/safetensors.h"
#include "files/tensors/safetensors_reader.h"
#include "temporary_folder.h"

namespace lf::testing {
namespace {

std::string verdict(const std::string& bytes) {
  return files::foreign_weights(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), "w.bin");
}

std::string zip_with(const std::string& member) {
  return std::string("PK\3\4", 4) + std::string(22, '\0') + char(member.size()) + std::string(3, '\0') +
         member;
}

struct Sample {
  std::string bytes, what, advice;
};

TEST(ForeignWeights, AreNamedWithWhatToDo) {
  const std::vector<Sample> samples{
      {std::string("\x80\x02\x8a\x0al\xfc\x9c"
                   "F",
                   8),
       "Python pickle", "torch.load('w.bin'"},
      {zip_with("archive/data.pkl"), "PyTorch file", "weights_only=True"},
      {zip_with("model/data.pkl"), "PyTorch file", "save_file"},
      {zip_with("w.npy"), "NumPy archive", "safetensors.numpy"},
      {zip_with("metadata.json"), "zip archive", "unpack it"},
      {std::string("\x93NUMPY\x01\0v\0", 10), "NumPy array", "n.load"},
      {std::string("GGUF\3\0\0\0", 8), "GGUF", "quantised"},
      {"\x89HDF\r\n\x1a\n", "HDF5", "Keras"},
      {std::string("\x08\x07\x12\x07pytorch", 11), "ONNX", "save the weights with safetensors"},
      {std::string("\x08\x08\x3a\x80\x01", 5), "ONNX", "safetensors"},
      {"\x81\xa6params\x82", "MessagePack", "Flax"},
      {std::string("\x1c\0\0\0TFL3", 8), "TensorFlow Lite", "safetensors"},
      {"<!DOCTYPE html><html>", "web page", "download it again"},
      {"version https://git-lfs.github.com/spec/v1\noid", "LFS pointer", "git lfs pull"},
      {"", "empty", "again"},
      {"weights of mine", "text", ""}};
  for (const Sample& sample : samples) {
    const std::string text = verdict(sample.bytes);
    EXPECT_NE(text.find(sample.what), std::string::npos) << sample.what << ": " << text;
    EXPECT_NE(text.find(sample.advice), std::string::npos) << sample.what << ": " << text;
  }
}

TEST(ForeignWeights, AHeadersLengthMaySpellAnything) {
  // 0x8b1f bytes of header start like gzip, 0xfeff like UTF-16, 0x4d42 like a BMP.
  for (const uint64_t length : {0x8b1full, 0xfeffull, 0x4d42ull, 0x0708ull, 0x0280ull}) {
    std::string json = R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})";
    json.resize(length, ' ');
    std::string file;
    for (int i = 0; i < 8; ++i) file += char(length >> (8 * i));
    file += json + "x";
    EXPECT_EQ(verdict(file.substr(0, 512)), "") << length;
    const auto* data = reinterpret_cast<const uint8_t*>(file.data());
    EXPECT_EQ(files::parse_safetensors(data, file.size(), "m").tensors.size(), 1u) << length;
  }
}

TEST(ForeignWeights, AreRefusedWhereverSafetensorsAreRead) {
  TemporaryFolder folder;
  files::write_file_atomically(folder / "w.pth", zip_with("archive/data.pkl"));
  expect_error<InputError>("PyTorch file", [&] { files::read_safetensors(folder / "w.pth"); });
  expect_error<InputError>("PyTorch file", [&] { files::SafetensorsReader(folder / "w.pth"); });
}

}  // namespace
}  // namespace lf::testing
