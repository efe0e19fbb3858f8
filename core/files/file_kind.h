// What a file is, by its first bytes: so that an error names what lies there instead of what does not.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace lf {

/// Kinds of files that people have, or that come where another file was expected.
enum class FileKind {
  Unknown,
  Empty,
  WebPage,
  LfsPointer,
  GitAnnexPointer,
  XmlError,
  Zip,
  TorchZip,
  Npz,
  Gzip,
  Bzip2,
  Xz,
  Zstd,
  SevenZip,
  Rar,
  Tar,
  Parquet,
  Arrow,
  Hdf5,
  Matlab,
  Npy,
  Pickle,
  Gguf,
  Idx,
  Safetensors,
  Png,
  Jpeg,
  Gif,
  Bmp,
  Tiff,
  WebP,
  Heif,
  Svg,
  Pdf,
  Utf16,
  Json,
  Text
};

/// How many first bytes tell every kind apart.
inline constexpr size_t kKindBytes = 512;

/// The kind that the first `n` bytes of a file speak for; `n` of kKindBytes is enough. Text is the last
/// resort, Unknown what is none.
FileKind file_kind(const uint8_t* first, size_t n);
FileKind file_kind(const std::vector<uint8_t>& bytes);
/// The kind of a file on disk; Unknown where it cannot be read.
FileKind file_kind_of(const std::filesystem::path& path);

/// In words, with an article: "a web page (HTML)", "a zip archive".
std::string kind_words(FileKind kind);
/// What to do where the file itself is needed: "download the file itself again"; "" where there is nothing
/// to say.
std::string kind_advice(FileKind kind);
/// Both in one: "it is a web page (HTML); download the file itself again". "" for Unknown.
std::string kind_sentence(FileKind kind);

}  // namespace lf
