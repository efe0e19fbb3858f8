#include "files/file_kind.h"

#include <gtest/gtest.h>

#include "files/atomic_write.h"
#include "files/image/png.h"
#include "files/tensors/safetensors.h"
#include "make_gzip.h"
#include "temporary_folder.h"

namespace lf::testing {
namespace {

FileKind kind_of(const std::string& bytes) {
  return file_kind(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
}

/// The first entry of a zip archive whose first member has this name.
std::string zip_of_kind(const std::string& member) {
  std::string bytes("PK\3\4", 4);
  bytes += std::string(22, '\0') + char(member.size()) + std::string(3, '\0') + member;
  return bytes;
}

struct KindSample {
  std::string bytes;
  FileKind kind;
};

TEST(FileKind, KnowsWhatComesInPlaceOfDataAndWeights) {
  const std::vector<KindSample> samples{
      {"", FileKind::Empty},
      {"<!DOCTYPE html>\n<html><head>", FileKind::WebPage},
      {"\xef\xbb\xbf\r\n  <HTML lang=en>", FileKind::WebPage},
      {"<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC", FileKind::WebPage},
      {"<!-- a proxy --><html>", FileKind::WebPage},
      {"<?xml version=\"1.0\"?><Error><Code>NoSuchKey", FileKind::XmlError},
      {"version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 9", FileKind::LfsPointer},
      {"/annex/objects/SHA256E-s9--12.gz\n", FileKind::GitAnnexPointer},
      {zip_of_kind("train-images-idx3-ubyte"), FileKind::Zip},
      {zip_of_kind("x_train.npy"), FileKind::Npz},
      {zip_of_kind("archive/data.pkl"), FileKind::TorchZip},
      {"BZh91AY&SY", FileKind::Bzip2},
      {std::string("\xfd"
                   "7zXZ\0\0\4",
                   8),
       FileKind::Xz},
      {"\x28\xb5\x2f\xfd....", FileKind::Zstd},
      {"PAR1....", FileKind::Parquet},
      {"\x89HDF\r\n\x1a\n", FileKind::Hdf5},
      {"\x93NUMPY\1", FileKind::Npy},
      {std::string("\x80\x04\x95\x1a\0\0\0\0\0\0\0}", 12), FileKind::Pickle},
      {std::string("\x80\x02}q\0X\x05\0\0\0", 11), FileKind::Pickle},
      {std::string("\0\0\1\0\0\0\0\0{\"a\":", 13), FileKind::Safetensors},  // its length spells an icon
      {std::string(257, 'n') + "ustar  ", FileKind::Tar},
      {std::string("\0\0\x0d\2", 4), FileKind::Idx},
      {std::string("RIFF....WEBPVP8 ", 16), FileKind::WebP},
      {std::string("\0\0\0\x18"
                   "ftypheic",
                   12),
       FileKind::Heif},
      {"<svg xmlns=", FileKind::Svg},
      {"<?xml version='1.0'?>\n<svg>", FileKind::Svg},
      {"%PDF-1.7", FileKind::Pdf},
      {std::string("\xff\xfe"
                   "a\0",
                   4),
       FileKind::Utf16},
      {"{\"a\": 1}", FileKind::Json},
      {"label,pixel0,pixel1\n", FileKind::Text},
      {std::string("\1\2\3\4\0\xff", 6), FileKind::Unknown}};
  for (const KindSample& sample : samples) {
    const FileKind kind = kind_of(sample.bytes);
    EXPECT_EQ(kind, sample.kind) << sample.bytes.substr(0, 20) << " is taken for " << kind_words(kind);
  }
}

TEST(FileKind, KnowsWhatTheProgramWritesItself) {
  TemporaryFolder folder;
  EXPECT_EQ(file_kind(encode_png({2, 1, 1, {0, 255}})), FileKind::Png);
  EXPECT_EQ(file_kind(make_gzip({1, 2, 3})), FileKind::Gzip);
  Safetensors content;
  content.tensors["w"] = {"F32", {1}, {0, 0, 0, 0}};
  write_safetensors(folder / "w", content);
  EXPECT_EQ(file_kind_of(folder / "w"), FileKind::Safetensors);
  EXPECT_EQ(file_kind_or_unknown(folder / "none"), FileKind::Unknown);
  EXPECT_EQ(file_kind_or_unknown(folder.path()), FileKind::Unknown);
}

TEST(FileKind, SaysWhatItIsAndWhatToDo) {
  EXPECT_EQ(kind_sentence(FileKind::LfsPointer),
            "it is a Git LFS pointer; fetch the file with: git lfs pull");
  EXPECT_EQ(kind_sentence(FileKind::Npy), "it is a NumPy array (.npy); save it as PNG, or as .safetensors");
  EXPECT_EQ(kind_sentence(FileKind::Json), "it is a text file (JSON)");
  EXPECT_EQ(kind_sentence(FileKind::Unknown), "");
}

}  // namespace
}  // namespace lf::testing
