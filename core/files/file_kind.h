// The kind of a file, by its first bytes and never by its name. Files are opened as what they are,
// and an error names what was found.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace lf::files {

/// Use of a file in this program.
enum class FileUse { Picture, Model, Data, None };

/// One kind of file.
struct FileKind {
  enum Id {
    Unknown,
    Empty,
    Zeros,
    WebPage,
    XmlError,
    LfsPointer,
    GitAnnexPointer,
    Zip,
    TorchZip,
    Npz,
    Gzip,
    PackedIdx,  ///< an IDX file in gzip
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
    BigTiff,
    WebP,
    Heif,
    Avif,
    JpegXl,
    Jpeg2000,
    Photoshop,
    Gimp,
    Icon,
    Qoi,
    Pnm,
    Video,
    Svg,
    Pdf,
    PostScript,
    Program,
    Utf16,
    Json,
    Text
  };

  FileKind(Id kind);  // NOLINT(google-explicit-constructor): a kind is written as its name
  operator Id() const { return id; }

  Id id;
  FileUse use;
  const char* word;    ///< short, for a list: "picture", "model", "data", "TIFF"; "" for Unknown
  const char* what;    ///< in a sentence, with an article: "a web page (HTML)"
  const char* advice;  ///< what to do with one that cannot be used; "" if unknown
};

/// The number of bytes examined.
inline constexpr size_t kKindBytes = 4096;

/// The kind of a file with these first bytes (all of them, or at least kKindBytes).
FileKind file_kind(const uint8_t* first, size_t n);
FileKind file_kind(const std::vector<uint8_t>& head);

/// The kind of a file. Throws InputError where it is missing, no regular file or cannot be read.
FileKind file_kind_of(const std::filesystem::path& path);
/// The same; Unknown where file_kind_of() throws.
FileKind file_kind_or_unknown(const std::filesystem::path& path);

/// FileKind::what.
std::string kind_words(FileKind kind);
/// FileKind::advice.
std::string kind_advice(FileKind kind);
/// Both in one: "it is a web page (HTML); the server sent it …". "" for Unknown.
std::string kind_sentence(FileKind kind);

/// The error for a file of a kind that is not `wanted` ("an image", "a model"): names the file and
/// its kind, and says what to do.
std::string wrong_kind(const std::string& name, const FileKind& kind, const std::string& wanted);

}  // namespace lf::files
