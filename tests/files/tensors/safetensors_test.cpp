#include "files/tensors/safetensors.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/errors.h"
#include "expect_error.h"
#include "files/atomic_write.h"
#include "files/tensors/safetensors_reader.h"
#include "temporary_folder.h"

namespace lf::testing {
namespace {

files::Safetensors sample() {
  files::Safetensors content;
  content.tensors["b.bytes"] = {"U8", {3}, {1, 2, 3}};
  content.tensors["a.float"] = {"F32", {2, 1}, {0, 0, 128, 63, 0, 0, 0, 64}};
  content.tensors["count"] = {"I64", {}, {7, 0, 0, 0, 0, 0, 0, 0}};
  content.tensors["empty"] = {"F32", {0, 4}, {}};
  content.metadata = {{"preset", "fast"}, {"note", "tab\t and \"quote\" and ü"}};
  return content;
}

std::vector<uint8_t> file_with(const std::string& json, size_t data_bytes) {
  std::vector<uint8_t> file;
  for (int i = 0; i < 8; ++i) file.push_back(uint8_t(uint64_t(json.size()) >> (8 * i)));
  for (char letter : json) file.push_back(uint8_t(letter));
  file.resize(file.size() + data_bytes);
  return file;
}

void expect_refused(const std::vector<uint8_t>& file, const std::string& why) {
  expect_error<InputError>(why,
                           [&] { files::parse_safetensors(file.data(), file.size(), "model.safetensors"); });
}

TEST(Safetensors, RoundTripThroughAFile) {
  TemporaryFolder folder;
  files::write_safetensors(folder / "m.safetensors", sample());
  const files::Safetensors back = files::read_safetensors(folder / "m.safetensors");
  const files::Safetensors original = sample();
  EXPECT_EQ(back.metadata, original.metadata);
  ASSERT_EQ(back.tensors.size(), original.tensors.size());
  for (const auto& [name, tensor] : original.tensors) {
    EXPECT_EQ(back.tensors.at(name).dtype, tensor.dtype);
    EXPECT_EQ(back.tensors.at(name).shape, tensor.shape);
    EXPECT_EQ(back.tensors.at(name).bytes, tensor.bytes);
  }
}

TEST(Safetensors, HeaderAloneHasShapesAndMetadata) {
  TemporaryFolder folder;
  files::write_safetensors(folder / "m.safetensors", sample());
  const files::SafetensorsHeader header = files::SafetensorsReader(folder / "m.safetensors").header();
  EXPECT_EQ(header.metadata, sample().metadata);
  const auto named = [](const files::TensorSpan& span) { return span.name == "a.float"; };
  const auto found = std::find_if(header.spans.begin(), header.spans.end(), named);
  ASSERT_NE(found, header.spans.end());
  EXPECT_EQ(found->shape, (std::vector<int64_t>{2, 1}));
}

// The exact bytes of the Python package's save() for this content (layout: wide types first, then
// names).
TEST(Safetensors, BytesAreDeterministicAndInThePackagesLayout) {
  const auto file = files::serialize_safetensors(sample());
  EXPECT_EQ(file, files::serialize_safetensors(sample()));
  const size_t length = file[0] | size_t(file[1]) << 8;
  EXPECT_EQ(length % 8, 0u);
  const std::string json(file.begin() + 8, file.begin() + 8 + long(length));
  EXPECT_EQ(json.substr(0, json.find_last_not_of(' ') + 1),
            R"({"__metadata__":{"note":"tab\t and \"quote\" and ü","preset":"fast"},)"
            R"("count":{"dtype":"I64","shape":[],"data_offsets":[0,8]},)"
            R"("a.float":{"dtype":"F32","shape":[2,1],"data_offsets":[8,16]},)"
            R"("empty":{"dtype":"F32","shape":[0,4],"data_offsets":[16,16]},)"
            R"("b.bytes":{"dtype":"U8","shape":[3],"data_offsets":[16,19]}})");
}

TEST(Safetensors, RefusesBytesThatDoNotFitTheShapeWhenWriting) {
  files::Safetensors content;
  content.tensors["x"] = {"F32", {2}, {1, 2, 3}};
  expect_error<InputError>("'x'", [&] { files::serialize_safetensors(content); });
  content.tensors["x"] = {"F99", {1}, {1}};
  expect_error<InputError>("F99", [&] { files::serialize_safetensors(content); });
}

TEST(Safetensors, EveryTruncationIsRefused) {
  const auto file = files::serialize_safetensors(sample());
  for (size_t n = 0; n < file.size(); ++n) {
    EXPECT_THROW(files::parse_safetensors(file.data(), n, "cut"), InputError)
        << n << " of " << file.size() << " bytes";
  }
}

TEST(Safetensors, RefusesHeaderBombsAndNonsense) {
  std::vector<uint8_t> bomb(16, 0xFF);
  expect_refused(bomb, "header");
  auto long_header = file_with("{}", 0);
  long_header[0] = 200;
  expect_refused(long_header, "cut off");
  const std::string words = "A note of mine, no model.";
  expect_refused({words.begin(), words.end()}, "but text");
  expect_refused(file_with("not json", 0), "no header");
  expect_refused(file_with("{\"a\":", 0), "damaged");
  expect_refused(file_with(R"({"a":3})", 0), "damaged");
  expect_refused(file_with(R"({"a":{"dtype":"F32"}})", 0), "damaged");
  expect_refused(file_with(R"({"__metadata__":{"k":3}})", 0), "damaged");
}

TEST(Safetensors, RefusesOffsetsThatDoNotFit) {
  expect_refused(file_with(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 4), "outside");
  expect_refused(file_with(R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})", 8),
                 "its shape needs 12");
  expect_refused(file_with(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}})", 8), "outside");
  expect_refused(file_with(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", 8), "gap");
  expect_refused(file_with(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                           R"("b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})",
                           12),
                 "overlap");
  expect_refused(file_with(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 12), "follow");
  expect_refused(file_with(R"({"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}})", 8), "extent");
  expect_refused(file_with(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0.5,8]}})", 8), "offsets");
  expect_refused(file_with(R"({"a":{"dtype":"Q7","shape":[2],"data_offsets":[0,8]}})", 8), "Q7");
}

TEST(Safetensors, RefusesANameThatStandsTwice) {
  expect_refused(file_with(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                           R"("a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})",
                           8),
                 "twice");
}

TEST(Safetensors, RefusesShapesWhoseProductOverflows) {
  // 2^62 * 4 wraps around to 0 bytes, 2^63 * 2 * 4 too: both would pass a check without overflow.
  expect_refused(file_with(R"({"a":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,0]}})", 0),
                 "large");
  expect_refused(file_with(R"({"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}})", 0),
                 "large");
  expect_refused(file_with(R"({"a":{"dtype":"U8","shape":[18446744073709551615],"data_offsets":[0,0]}})", 0),
                 "extent");
}

TEST(Safetensors, AnEmptyTensorHasNoImpossibleExtentsEither) {
  // No byte is needed, but multiplying the extents for strides would overflow.
  expect_refused(
      file_with(R"({"a":{"dtype":"U8","shape":[0,4294967296,4294967296],"data_offsets":[0,0]}})", 0),
      "large");
  expect_refused(
      file_with(R"({"a":{"dtype":"U8","shape":[4294967296,4294967296,0],"data_offsets":[0,0]}})", 0),
      "large");
}

TEST(Safetensors, RefusesShapesThatAreNoLists) {
  for (const char* shape : {"null", "{}", "\"2\"", "7"}) {
    expect_refused(
        file_with(std::string(R"({"a":{"dtype":"U8","data_offsets":[0,1],"shape":)") + shape + "}}", 1),
        "not a list of sizes");
  }
  std::string many = "[1";
  for (int i = 0; i < 64; ++i) many += ",1";
  expect_refused(file_with(R"({"a":{"dtype":"U8","data_offsets":[0,1],"shape":)" + many + "]}}", 1),
                 "not a list of sizes");
}

TEST(Safetensors, RefusesListsWithinListsBeforeTheyTakeMemory) {
  expect_refused(file_with(R"({"a":)" + std::string(100000, '['), 0), "lists within lists");
}

TEST(Safetensors, EveryTypeOfTheFormatHasItsSize) {
  const std::vector<std::pair<std::string, int64_t>> bits{
      {"BOOL", 8},        {"U8", 8},      {"I8", 8},      {"U16", 16},    {"I16", 16},    {"U32", 32},
      {"I32", 32},        {"U64", 64},    {"I64", 64},    {"F16", 16},    {"BF16", 16},   {"F32", 32},
      {"F64", 64},        {"C64", 64},    {"F8_E4M3", 8}, {"F8_E5M2", 8}, {"F8_E8M0", 8}, {"F8_E4M3FNUZ", 8},
      {"F8_E5M2FNUZ", 8}, {"F6_E2M3", 6}, {"F6_E3M2", 6}, {"F4", 4}};
  for (const auto& [type, width] : bits) {
    const auto bytes = size_t(4 * width / 8);
    const std::string json =
        R"({"a":{"dtype":")" + type + R"(","shape":[2,2],"data_offsets":[0,)" + std::to_string(bytes) + "]}}";
    const auto file = file_with(json, bytes);
    const files::Safetensors content = files::parse_safetensors(file.data(), file.size(), "m");
    EXPECT_EQ(content.tensors.at("a").dtype, type);
    EXPECT_EQ(files::dtype_size(type), width < 8 ? 0u : size_t(width / 8));
    EXPECT_EQ(files::serialize_safetensors(content).size() - file.size(), (8 - json.size() % 8) % 8) << type;
  }
  expect_refused(file_with(R"({"a":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}})", 1), "within a byte");
}

TEST(Safetensors, APickleIsToldWhatToDo) {
  expect_refused({'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0}, "save_file");
  expect_refused({0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9}, "pickle");
  // A valid header of 0x0280 bytes starts with the same two bytes as a pickle.
  std::string json = R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})";
  json.resize(0x280, ' ');
  const auto file = file_with(json, 1);
  EXPECT_EQ(files::parse_safetensors(file.data(), file.size(), "m").tensors.size(), 1u);
}

TEST(Safetensors, MissingFileAndFolder) {
  TemporaryFolder folder;
  expect_error<InputError>("no such file", [&] { files::read_safetensors(folder / "none.safetensors"); });
  expect_error<InputError>("not a file", [&] { files::read_safetensors(folder.path()); });
  files::write_file_atomically(folder / "empty.safetensors", std::string());
  expect_error<InputError>("it is an empty file",
                           [&] { files::read_safetensors(folder / "empty.safetensors"); });
}

}  // namespace
}  // namespace lf::testing
