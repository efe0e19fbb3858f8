#include "files/tensors/weight_files.h"

#include <gtest/gtest.h>

#include "base/errors.h"
#include "expect_error.h"
#include "files/atomic_write.h"
#include "temporary_folder.h"

namespace lf::testing {
namespace {

namespace fs = std::filesystem;

files::TensorBytes bytes(uint8_t value) { return {"U8", {1}, {value}}; }

/// Three tensors over three files, with or without an index.
class Series : public ::testing::Test {
 protected:
  void SetUp() override {
    for (int i = 1; i <= 3; ++i) write(part(i), {{std::string(1, char('a' + i - 1)), bytes(uint8_t(i))}});
  }

  static std::string part(int i) { return "model-0000" + std::to_string(i) + "-of-00003.safetensors"; }
  void write(const std::string& name, const std::map<std::string, files::TensorBytes>& tensors,
             const std::map<std::string, std::string>& metadata = {}) {
    files::write_safetensors(folder_ / name, {tensors, metadata});
  }
  void write_index(const std::string& map) {
    files::write_file_atomically(index(),
                                 std::string(R"({"metadata":{"total_size":3},"weight_map":{)") + map + "}}");
  }
  void write_usual_index() {
    write_index("\"a\":\"" + part(1) + "\",\"b\":\"" + part(2) + "\",\"c\":\"" + part(3) + "\"");
  }
  fs::path index() const { return folder_ / "model.safetensors.index.json"; }
  static std::string contents(const fs::path& path) {
    files::WeightFiles files(path);
    std::string text;
    for (const auto& entry : files.tensors())
      text += entry.first + std::to_string(files.read(entry.first).bytes.at(0)) + " ";
    EXPECT_EQ(files.read_all().tensors.size(), files.tensors().size());
    return text;
  }
  static void expect_refused(const fs::path& path, const std::string& why) {
    expect_error<InputError>(why, [&] { files::WeightFiles files(path); });
  }

  TemporaryFolder folder_;
};

TEST_F(Series, IsReadByItsIndexByAnyPartAndByItsFolder) {
  write_usual_index();
  for (const fs::path& path : {index(), folder_ / part(1), folder_ / part(3), folder_.path()})
    EXPECT_EQ(contents(path), "a1 b2 c3 ") << path;
}

TEST_F(Series, NeedsNoIndex) {
  for (const fs::path& path : {folder_ / part(2), folder_.path()}) EXPECT_EQ(contents(path), "a1 b2 c3 ");
}

TEST_F(Series, AnIndexIsKnownByItsContent) {
  write_usual_index();
  fs::rename(index(), folder_ / "renamed.json");
  EXPECT_EQ(contents(folder_ / "renamed.json"), "a1 b2 c3 ");
}

TEST_F(Series, NamesTheMissingParts) {
  fs::remove(folder_ / part(1));
  fs::remove(folder_ / part(3));
  expect_refused(folder_ / part(2), "2 of 3 parts are missing: " + part(1) + ", " + part(3));
  expect_refused(folder_ / part(3), "no such file");
  write_usual_index();
  expect_refused(index(), "2 of 3 parts are missing");
}

TEST_F(Series, ATensorInTwoPartsIsRefused) {
  write(part(3), {{"c", bytes(3)}, {"a", bytes(9)}});
  expect_refused(folder_ / part(1), "'a' lies in two of its parts");
  write_usual_index();
  expect_refused(index(), "'a' lies in two of its parts");
}

TEST_F(Series, PartsThatAreNotTheIndexsAreRefused) {
  write_index("\"a\":\"" + part(1) + "\",\"b\":\"" + part(2) + "\",\"x\":\"" + part(3) + "\"");
  expect_refused(index(), "'x' should lie in " + part(3));
  write_index("\"a\":\"" + part(1) + "\",\"b\":\"" + part(1) + "\",\"c\":\"" + part(3) + "\"");
  expect_refused(index(), "'b' should lie in " + part(1));
  write_index("\"a\":\"" + part(1) + "\",\"b\":\"" + part(2) + "\"");
  expect_refused(folder_ / part(3), "names other parts");
  write(part(2), {{"b", bytes(2)}, {"d", bytes(4)}});
  expect_refused(index(), "does not name 'd'");
}

TEST_F(Series, AnIndexThatLeadsElsewhereIsRefused) {
  for (const std::string& file : {std::string("../") + part(1), (folder_ / part(1)).string()}) {
    write_index("\"a\":\"" + file + "\"");
    expect_refused(index(), "must lie in the folder");
  }
  write_index(R"("a":"model.safetensors.index.json")");
  expect_refused(index(), "must be .safetensors files");
  fs::remove(index());
  fs::create_symlink(index().filename(), index());
  expect_refused(index(), index().string());
}

TEST_F(Series, MetadataOfThePartsMustAgree) {
  write(part(1), {{"a", bytes(1)}}, {{"format", "pt"}, {"depth", "2"}});
  write(part(2), {{"b", bytes(2)}}, {{"format", "pt"}});
  EXPECT_EQ(files::WeightFiles(folder_ / part(1)).metadata().at("depth"), "2");
  write(part(3), {{"c", bytes(3)}}, {{"depth", "3"}});
  expect_refused(folder_ / part(1), "the metadata depth is '2' and '3'");
}

TEST_F(Series, AFolderIsTakenWhereOneThingIsMeant) {
  write("other.safetensors", {{"o", bytes(7)}});
  expect_refused(folder_.path(), "several weights");
  write("diffusion_pytorch_model.safetensors", {{"d", bytes(5)}});
  write("diffusion_pytorch_model.fp16.safetensors", {{"d", bytes(6)}});
  EXPECT_EQ(contents(folder_.path()), "d5 ");
  TemporaryFolder other;
  expect_refused(other.path(), "no .safetensors file");
  files::write_file_atomically(other / "model_index.json", std::string("{}"));
  expect_refused(other.path(), "vae");
}

TEST_F(Series, AFileIsReadAsItIs) {
  EXPECT_EQ(contents(folder_ / part(1)).size(), 9u);
  write("one.safetensors", {{"x", bytes(8)}});
  EXPECT_EQ(contents(folder_ / "one.safetensors"), "x8 ");
  files::WeightFiles files(folder_ / "one.safetensors");
  expect_error<InputError>("no tensor 'y'", [&] { files.read("y"); });
  expect_refused(folder_ / "none.safetensors", "no such file");
}

}  // namespace
}  // namespace lf::testing
