#include "files/file_kind.h"

#include <gtest/gtest.h>

#include "files/atomic_write.h"
#include "files/image/png.h"
#include "files/tensors/safetensors.h"
#include "make_gzip.h"
#include "temporary_folder.h"

namespace lf::testing {
namespace {

files::FileKind kind_of(const std::string& bytes) {
  return files::file_kind(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
}

/// The first entry of a zip archive whose first member has this name.
std::string zip_of_kind(const std::string& member) {
  std::string bytes("PK\3\4", 4);
  bytes += std::string(22, '\0') + char(member.size()) + std::string(3, '\0') + member;
  return bytes;
}

struct KindSample {
  std::string bytes;
  files::FileKind kind;
};

TEST(FileKind, KnowsWhatComesInPlaceOfDataAndWeights) {
  const std::vector<KindSample> samples{
      {"", files::FileKind::Empty},
      {"<!DOCTYPE html>\n<html><head>", files::FileKind::WebPage},
      {"\xef\xbb\xbf\r\n  <HTML lang=en>", files::FileKind::WebPage},
      {"<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC", files::FileKind::WebPage},
      {"<!-- a proxy --><html>", files::FileKind::WebPage},
      {"<?xml version=\"1.0\"?><Error><Code>NoSuchKey", files::FileKind::XmlError},
      {"version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 9", files::FileKind::LfsPointer},
      {"/annex/objects/SHA256E-s9--12.gz\n", files::FileKind::GitAnnexPointer},
      {zip_of_kind("train-images-idx3-ubyte"), files::FileKind::Zip},
      {zip_of_kind("x_train.npy"), files::FileKind::Npz},
      {zip_of_kind("archive/data.pkl"), files::FileKind::TorchZip},
      {"BZh91AY&SY", files::FileKind::Bzip2},
      {std::string("\xfd"
                   "7zXZ\0\0\4",
                   8),
       files::FileKind::Xz},
      {"\x28\xb5\x2f\xfd....", files::FileKind::Zstd},
      {"PAR1....", files::FileKind::Parquet},
      {"\x89HDF\r\n\x1a\n", files::FileKind::Hdf5},
      {"\x93NUMPY\1", files::FileKind::Npy},
      {std::string("\x80\x04\x95\x1a\0\0\0\0\0\0\0}", 12), files::FileKind::Pickle},
      {std::string("\x80\x02}q\0X\x05\0\0\0", 11), files::FileKind::Pickle},
      {std::string("\0\0\1\0\0\0\0\0{\"a\":", 13), files::FileKind::Safetensors},  // its length has the magic
                                                                                   // number of an icon
      {std::string(257, 'n') + "ustar  ", files::FileKind::Tar},
      {std::string("\0\0\x0d\2", 4), files::FileKind::Idx},
      {std::string("RIFF....WEBPVP8 ", 16), files::FileKind::WebP},
      {std::string("\0\0\0\x18"
                   "ftypheic",
                   12),
       files::FileKind::Heif},
      {"<svg xmlns=", files::FileKind::Svg},
      {"<?xml version='1.0'?>\n<svg>", files::FileKind::Svg},
      {"%PDF-1.7", files::FileKind::Pdf},
      {std::string("\xff\xfe"
                   "a\0",
                   4),
       files::FileKind::Utf16},
      {"{\"a\": 1}", files::FileKind::Json},
      {"label,pixel0,pixel1\n", files::FileKind::Text},
      {std::string("\1\2\3\4\0\xff", 6), files::FileKind::Unknown}};
  for (const KindSample& sample : samples) {
    const files::FileKind kind = kind_of(sample.bytes);
    EXPECT_EQ(kind, sample.kind) << sample.bytes.substr(0, 20) << " is taken for " << files::kind_words(kind);
  }
}

TEST(FileKind, KnowsWhatTheProgramWritesItself) {
  TemporaryFolder folder;
  EXPECT_EQ(files::file_kind(files::encode_png({2, 1, 1, {0, 255}})), files::FileKind::Png);
  EXPECT_EQ(files::file_kind(make_gzip({1, 2, 3})), files::FileKind::Gzip);
  files::Safetensors content;
  content.tensors["w"] = {"F32", {1}, {0, 0, 0, 0}};
  files::write_safetensors(folder / "w", content);
  EXPECT_EQ(files::file_kind_of(folder / "w"), files::FileKind::Safetensors);
  EXPECT_EQ(files::file_kind_or_unknown(folder / "none"), files::FileKind::Unknown);
  EXPECT_EQ(files::file_kind_or_unknown(folder.path()), files::FileKind::Unknown);
}

TEST(FileKind, SaysWhatItIsAndWhatToDo) {
  EXPECT_EQ(files::kind_sentence(files::FileKind::LfsPointer),
            "it is a Git LFS pointer; fetch the file with: git lfs pull");
  EXPECT_EQ(files::kind_sentence(files::FileKind::Npy),
            "it is a NumPy array (.npy); save it as PNG, or as .safetensors");
  EXPECT_EQ(files::kind_sentence(files::FileKind::Json), "it is a text file (JSON)");
  EXPECT_EQ(files::kind_sentence(files::FileKind::Unknown), "");
}

}  // namespace
}  // namespace lf::testing
