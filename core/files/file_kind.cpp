#include "files/file_kind.h"

#include <algorithm>
#include <cstring>
#include <fstream>

namespace lf {
namespace {

using Text = std::string;

constexpr const char* kDownload = "download the file itself again";
constexpr const char* kUnpack = "unpack it and name what was in it";
constexpr const char* kConvert = "convert it first";

struct KindInfo {
  FileKind kind;
  const char *words, *advice;
};

constexpr KindInfo kKinds[] = {
    {FileKind::Unknown, "a file of an unknown kind", ""},
    {FileKind::Empty, "empty (0 bytes)", kDownload},
    {FileKind::WebPage, "a web page (HTML)", "the server sent it in place of the file; download it again"},
    {FileKind::LfsPointer, "a Git LFS pointer, not the file itself", "fetch the file with: git lfs pull"},
    {FileKind::GitAnnexPointer, "a git-annex pointer, not the file itself",
     "fetch the file with: git annex get"},
    {FileKind::XmlError, "an XML document", "the server sent it in place of the file; download it again"},
    {FileKind::Zip, "a zip archive", kUnpack},
    {FileKind::TorchZip, "a PyTorch file (a zip archive with a pickle)", kConvert},
    {FileKind::Npz, "a NumPy archive (.npz)", kConvert},
    {FileKind::Gzip, "a gzip file", kUnpack},
    {FileKind::Bzip2, "a bzip2 file", kUnpack},
    {FileKind::Xz, "an xz file", kUnpack},
    {FileKind::Zstd, "a Zstandard file", kUnpack},
    {FileKind::SevenZip, "a 7z archive", kUnpack},
    {FileKind::Rar, "a RAR archive", kUnpack},
    {FileKind::Tar, "a tar archive", kUnpack},
    {FileKind::Parquet, "a Parquet table", kConvert},
    {FileKind::Arrow, "an Arrow table", kConvert},
    {FileKind::Hdf5, "an HDF5 file", kConvert},
    {FileKind::Matlab, "a MATLAB file", kConvert},
    {FileKind::Npy, "a NumPy array (.npy)", kConvert},
    {FileKind::Pickle, "a Python pickle", kConvert},
    {FileKind::Gguf, "a GGUF model", kConvert},
    {FileKind::Idx, "an IDX file", ""},
    {FileKind::Safetensors, "a safetensors file", ""},
    {FileKind::Png, "a PNG image", ""},
    {FileKind::Jpeg, "a JPEG image", ""},
    {FileKind::Gif, "a GIF image", ""},
    {FileKind::Bmp, "a BMP image", ""},
    {FileKind::Tiff, "a TIFF image", "save it as PNG or JPEG"},
    {FileKind::WebP, "a WebP image", "save it as PNG or JPEG"},
    {FileKind::Heif, "a HEIF or AVIF image", "save it as PNG or JPEG"},
    {FileKind::Svg, "an SVG drawing", "save it as PNG"},
    {FileKind::Pdf, "a PDF document", "save its page as PNG"},
    {FileKind::Utf16, "text in UTF-16", "save it as UTF-8"},
    {FileKind::Json, "JSON text", ""},
    {FileKind::Text, "text", ""},
};

const KindInfo& info_of(FileKind kind) {
  return *std::find_if(std::begin(kKinds), std::end(kKinds), [&](const auto& i) { return i.kind == kind; });
}

/// Bytes at a place of the file that only one kind has there.
struct Magic {
  FileKind kind;
  size_t at;
  Text bytes;
};

const std::vector<Magic>& magics() {
  static const std::vector<Magic> table{{FileKind::Gzip, 0, "\x1f\x8b"},
                                        {FileKind::Bzip2, 0, "BZh"},
                                        {FileKind::Xz, 0,
                                         Text("\xfd"
                                              "7zXZ\0",
                                              6)},
                                        {FileKind::Zstd, 0, "\x28\xb5\x2f\xfd"},
                                        {FileKind::SevenZip, 0, "7z\xbc\xaf\x27\x1c"},
                                        {FileKind::Rar, 0, "Rar!\x1a\x07"},
                                        {FileKind::Parquet, 0, "PAR1"},
                                        {FileKind::Arrow, 0, "ARROW1"},
                                        {FileKind::Hdf5, 0, "\x89HDF\r\n\x1a\n"},
                                        {FileKind::Matlab, 0, "MATLAB 5.0 MAT-file"},
                                        {FileKind::Npy, 0, "\x93NUMPY"},
                                        {FileKind::Gguf, 0, "GGUF"},
                                        {FileKind::Png, 0, "\x89PNG\r\n\x1a\n"},
                                        {FileKind::Jpeg, 0, "\xff\xd8\xff"},
                                        {FileKind::Gif, 0, "GIF8"},
                                        {FileKind::Tiff, 0, Text("II*\0", 4)},
                                        {FileKind::Tiff, 0, Text("MM\0*", 4)},
                                        {FileKind::WebP, 8, "WEBP"},
                                        {FileKind::Heif, 4, "ftyp"},
                                        {FileKind::Pdf, 0, "%PDF-"},
                                        {FileKind::Tar, 257, "ustar"},
                                        {FileKind::Utf16, 0, "\xff\xfe"},
                                        {FileKind::Utf16, 0, "\xfe\xff"}};
  return table;
}

bool holds_at(const Text& bytes, size_t at, const Text& part) {
  return bytes.size() >= at + part.size() && bytes.compare(at, part.size(), part) == 0;
}

/// The kind of a zip archive shows in the name of its first member, which follows 30 bytes of numbers.
FileKind zip_kind(const Text& bytes) {
  const size_t length = bytes.size() < 28 ? 0 : uint8_t(bytes[26]) | size_t(uint8_t(bytes[27])) << 8;
  const Text member = bytes.size() < 30 ? "" : bytes.substr(30, length);
  const auto ends = [&](const Text& end) {
    return member.size() >= end.size() && member.compare(member.size() - end.size(), end.size(), end) == 0;
  };
  if (ends(".npy")) return FileKind::Npz;
  return ends("/data.pkl") || ends("/version") || ends("/byteorder") || ends(".format_version")
             ? FileKind::TorchZip
             : FileKind::Zip;
}

/// An IDX file opens with two zeros, a type of number (8 to 14) and how many dimensions it has.
bool is_idx(const Text& bytes) {
  return bytes.size() >= 4 && bytes[0] == 0 && bytes[1] == 0 && bytes[2] >= 8 && bytes[2] <= 14 &&
         bytes[3] >= 1 && bytes[3] <= 8;
}

/// A safetensors file: the length of its header in eight bytes, then JSON.
bool is_safetensors(const Text& bytes) {
  return bytes.size() >= 9 && bytes[8] == '{' && bytes[7] == 0 && bytes[6] == 0 && bytes[5] == 0;
}

/// A pickle opens with 0x80 and its protocol; eight bytes of a length would have zeros further up instead.
bool is_pickle(const Text& bytes) {
  return bytes.size() >= 8 && uint8_t(bytes[0]) == 0x80 && bytes[1] >= 2 && bytes[1] <= 5 &&
         (bytes[6] || bytes[7]);
}

/// A BMP says its own size, and how far its pixels lie behind one of a few headers.
bool is_bmp(const Text& bytes) {
  return bytes.size() >= 26 && bytes.compare(0, 2, "BM") == 0 && bytes[15] == 0 && bytes[16] == 0 &&
         bytes[17] == 0 && bytes[14] >= 12;
}

/// Letters in lower case, from the first that is no space on; without a byte-order mark.
Text text_start(const Text& bytes) {
  size_t at = holds_at(bytes, 0, "\xef\xbb\xbf") ? 3 : 0;
  while (at < bytes.size() && std::strchr(" \t\r\n", bytes[at]) && bytes[at]) ++at;
  Text start = bytes.substr(at);
  for (char& letter : start)
    if (letter >= 'A' && letter <= 'Z') letter = char(letter - 'A' + 'a');
  return start;
}

bool all_text(const Text& bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](char c) { return uint8_t(c) >= 32 ? c != 127 : std::strchr("\t\r\n\f", c) && c; });
}

FileKind text_kind(const Text& bytes) {
  const Text start = text_start(bytes);
  const auto opens = [&](const char* word) { return start.rfind(word, 0) == 0; };
  if (opens("version https://git-lfs")) return FileKind::LfsPointer;
  if (opens("/annex/objects/") || opens("../.git/annex/")) return FileKind::GitAnnexPointer;
  const bool tagged = opens("<!--") || opens("<?xml");
  if (opens("<svg") || (tagged && start.find("<svg") != Text::npos)) return FileKind::Svg;
  for (const char* tag : {"<!doctype html", "<html", "<head", "<body", "<script", "<title", "<meta"})
    if (opens(tag) || (tagged && start.find(tag) != Text::npos)) return FileKind::WebPage;
  if (tagged || opens("<error")) return FileKind::XmlError;
  if (!all_text(bytes)) return FileKind::Unknown;
  return opens("{") || opens("[") ? FileKind::Json : FileKind::Text;
}

}  // namespace

FileKind file_kind(const uint8_t* first, size_t n) {
  if (n == 0) return FileKind::Empty;
  const Text bytes(reinterpret_cast<const char*>(first), std::min(n, kKindBytes));
  if (holds_at(bytes, 0, "PK\3\4")) return zip_kind(bytes);
  if (holds_at(bytes, 0, "PK\5\6")) return FileKind::Zip;
  for (const Magic& magic : magics())
    if (holds_at(bytes, magic.at, magic.bytes)) return magic.kind;
  if (is_bmp(bytes)) return FileKind::Bmp;
  if (is_idx(bytes)) return FileKind::Idx;
  if (is_pickle(bytes)) return FileKind::Pickle;
  if (is_safetensors(bytes)) return FileKind::Safetensors;
  return text_kind(bytes);
}

FileKind file_kind(const std::vector<uint8_t>& bytes) { return file_kind(bytes.data(), bytes.size()); }

FileKind file_kind_of(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return FileKind::Unknown;
  std::ifstream in(path, std::ios::binary);
  uint8_t first[kKindBytes];
  in.read(reinterpret_cast<char*>(first), sizeof first);
  return in.bad() || (!in && !in.eof()) ? FileKind::Unknown : file_kind(first, size_t(in.gcount()));
}

std::string kind_words(FileKind kind) { return info_of(kind).words; }

std::string kind_advice(FileKind kind) { return info_of(kind).advice; }

std::string kind_sentence(FileKind kind) {
  if (kind == FileKind::Unknown) return "";
  const std::string advice = kind_advice(kind);
  return "it is " + kind_words(kind) + (advice.empty() ? "" : "; " + advice);
}

}  // namespace lf
