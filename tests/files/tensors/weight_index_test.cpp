#include "files/tensors/weight_index.h"

#include <gtest/gtest.h>

#include "base/errors.h"
#include "expect_error.h"

namespace lf::testing {
namespace {

void expect_index_refused(const std::string& text, const std::string& why) {
  expect_error<InputError>(why, [&] { files::parse_weight_index(text, "model.safetensors.index.json"); });
}

TEST(WeightIndex, SaysWhereEachTensorLies) {
  const files::WeightIndex index = files::parse_weight_index(
      R"({"metadata":{"total_size":24},"weight_map":{"b":"m-00002-of-00002.safetensors",)"
      R"("a":"m-00001-of-00002.safetensors","c":"m-00002-of-00002.safetensors"}})",
      "index");
  EXPECT_EQ(index.file_of.size(), 3u);
  EXPECT_EQ(index.file_of.at("b"), "m-00002-of-00002.safetensors");
  EXPECT_EQ(index.files(),
            (std::vector<std::string>{"m-00001-of-00002.safetensors", "m-00002-of-00002.safetensors"}));
}

TEST(WeightIndex, RefusesFilesElsewhere) {
  for (const char* file : {"../m.safetensors", "/etc/m.safetensors", "a/b.safetensors", "..",
                           "a\\\\b.safetensors", "", ".hidden.safetensors", "m\\u0000.safetensors"})
    expect_index_refused(std::string(R"({"weight_map":{"a":")") + file + R"("}})", "must lie in the folder");
}

TEST(WeightIndex, RefusesFilesOfOtherKinds) {
  expect_index_refused(R"({"weight_map":{"a":"model.safetensors.index.json"}})",
                       "must be .safetensors files");
  expect_index_refused(R"({"weight_map":{"a":"pytorch_model-00001-of-00002.bin"}})", "Python pickle");
  expect_index_refused(R"({"weight_map":{"a":"model.pt"}})", "Python pickle");
}

TEST(WeightIndex, RefusesWhatIsNoIndex) {
  expect_index_refused("", "damaged");
  expect_index_refused("[1", "damaged");
  expect_index_refused("[]", "no weight_map");
  expect_index_refused(R"({"hidden_size":64})", "no weight_map");
  expect_index_refused(R"({"weight_map":[]})", "names no tensors");
  expect_index_refused(R"({"weight_map":{}})", "names no tensors");
  expect_index_refused(R"({"weight_map":{"a":3}})", "does not say in which file");
  expect_index_refused(R"({"weight_map":)" + std::string(100000, '['), "lists within lists");
}

TEST(WeightIndex, RefusesANameThatStandsTwice) {
  expect_index_refused(R"({"weight_map":{"a":"m.safetensors","a":"n.safetensors"}})", "'a' twice");
  expect_index_refused(R"({"weight_map":{"a":"m.safetensors"},"weight_map":{"b":"m.safetensors"}})",
                       "'weight_map' twice");
}

TEST(PartName, CountsPartsOfASeries) {
  const auto part = files::part_name("diffusion_pytorch_model-00002-of-00003.safetensors");
  ASSERT_TRUE(part);
  EXPECT_EQ(part->stem, "diffusion_pytorch_model");
  EXPECT_EQ(part->part, 2);
  EXPECT_EQ(part->all, 3);
  EXPECT_EQ(part->file(3), "diffusion_pytorch_model-00003-of-00003.safetensors");
  EXPECT_EQ(part->index(), "diffusion_pytorch_model.safetensors.index.json");
  EXPECT_EQ(files::part_name("a-b-1-of-2.safetensors")->file(2), "a-b-2-of-2.safetensors");
}

TEST(PartName, OtherNamesAreNone) {
  for (const char* name :
       {"model.safetensors", "model-00004-of-00003.safetensors", "-00001-of-00002.safetensors",
        "m-00000-of-00002.safetensors", "m-1-of-002.safetensors", "m-00001-of-00002.bin",
        "m-x-of-2.safetensors", "m-00001-of-.safetensors", "of.safetensors",
        "m-99999999999999999999-of-99999999999999999999.safetensors", "-of-.safetensors"})
    EXPECT_FALSE(files::part_name(name)) << name;
}

}  // namespace
}  // namespace lf::testing
