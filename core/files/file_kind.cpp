#include "files/file_kind.h"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "base/errors.h"
#include "base/paths.h"

namespace lf::files {
namespace {

using Text = std::string;

constexpr const char* kDownload = "fetch or save it again";
constexpr const char* kUnpack = "unpack it and name what was in it";
constexpr const char* kConvert = "convert it first";
constexpr const char* kToImage = "convert it to PNG or JPEG";
constexpr const char* kToSafetensors = "save its tensors as .safetensors in Python first";
constexpr const char* kServer = "the server sent it in place of the file; download it again";
constexpr const char* kOpen = "open it, or give it to invert";

struct KindInfo {
  FileKind::Id id;
  FileUse use;
  const char *word, *what, *advice;
};

constexpr KindInfo kKinds[] = {
    {FileKind::Unknown, FileUse::None, "", "a file of an unknown kind", ""},
    {FileKind::Empty, FileUse::None, "empty", "an empty file", kDownload},
    {FileKind::Zeros, FileUse::None, "zeros", "a file of zeros", kDownload},
    {FileKind::WebPage, FileUse::None, "web page", "a web page (HTML)", kServer},
    {FileKind::XmlError, FileUse::None, "XML", "an XML document", kServer},
    {FileKind::LfsPointer, FileUse::None, "pointer", "a Git LFS pointer",
     "fetch the file with: git lfs pull"},
    {FileKind::GitAnnexPointer, FileUse::None, "pointer", "a git-annex pointer",
     "fetch the file with: git annex get"},
    {FileKind::Zip, FileUse::None, "zip", "a zip archive", kUnpack},
    {FileKind::TorchZip, FileUse::None, "pickle", "a PyTorch file (a zip archive with a pickle)",
     kToSafetensors},
    {FileKind::Npz, FileUse::None, "npz", "a NumPy archive (.npz)", kConvert},
    {FileKind::Gzip, FileUse::None, "gzip", "a gzip file", kUnpack},
    {FileKind::PackedIdx, FileUse::Data, "data", "an IDX file of a data set", "name its folder with --data"},
    {FileKind::Bzip2, FileUse::None, "bzip2", "a bzip2 file", kUnpack},
    {FileKind::Xz, FileUse::None, "xz", "an xz file", kUnpack},
    {FileKind::Zstd, FileUse::None, "zstd", "a Zstandard file", kUnpack},
    {FileKind::SevenZip, FileUse::None, "7z", "a 7-Zip archive", kUnpack},
    {FileKind::Rar, FileUse::None, "rar", "a RAR archive", kUnpack},
    {FileKind::Tar, FileUse::None, "tar", "a tar archive", kUnpack},
    {FileKind::Parquet, FileUse::None, "parquet", "a Parquet table", kConvert},
    {FileKind::Arrow, FileUse::None, "arrow", "an Arrow table", kConvert},
    {FileKind::Hdf5, FileUse::None, "HDF5", "an HDF5 file", kToSafetensors},
    {FileKind::Matlab, FileUse::None, "MATLAB", "a MATLAB file", kConvert},
    {FileKind::Npy, FileUse::None, "npy", "a NumPy array (.npy)", "save it as PNG, or as .safetensors"},
    {FileKind::Pickle, FileUse::None, "pickle", "a Python pickle", kToSafetensors},
    {FileKind::Gguf, FileUse::None, "GGUF", "a GGUF model", kConvert},
    {FileKind::Idx, FileUse::Data, "data", "an IDX file of a data set", "name its folder with --data"},
    {FileKind::Safetensors, FileUse::Model, "model", "a safetensors file",
     "open it, or name it with --model"},
    {FileKind::Png, FileUse::Picture, "picture", "a PNG image", kOpen},
    {FileKind::Jpeg, FileUse::Picture, "picture", "a JPEG image", kOpen},
    {FileKind::Gif, FileUse::Picture, "picture", "a GIF image", kOpen},
    {FileKind::Bmp, FileUse::Picture, "picture", "a BMP image", kOpen},
    {FileKind::Tiff, FileUse::None, "TIFF", "a TIFF or raw camera image", kToImage},
    {FileKind::BigTiff, FileUse::None, "TIFF", "a BigTIFF image", kToImage},
    {FileKind::WebP, FileUse::None, "WebP", "a WebP image", kToImage},
    {FileKind::Heif, FileUse::None, "HEIC", "a HEIC image", kToImage},
    {FileKind::Avif, FileUse::None, "AVIF", "an AVIF image", kToImage},
    {FileKind::JpegXl, FileUse::None, "JPEG XL", "a JPEG XL image", kToImage},
    {FileKind::Jpeg2000, FileUse::None, "JPEG2000", "a JPEG 2000 image", kToImage},
    {FileKind::Photoshop, FileUse::None, "PSD", "a Photoshop image", kToImage},
    {FileKind::Gimp, FileUse::None, "XCF", "a GIMP image", kToImage},
    {FileKind::Icon, FileUse::None, "icon", "an icon", kToImage},
    {FileKind::Qoi, FileUse::None, "QOI", "a QOI image", kToImage},
    {FileKind::Pnm, FileUse::None, "PNM", "a PNM image", kToImage},
    {FileKind::Video, FileUse::None, "video", "a video", "save one of its frames as PNG or JPEG"},
    {FileKind::Svg, FileUse::None, "SVG", "an SVG drawing", "export it as PNG"},
    {FileKind::Pdf, FileUse::None, "PDF", "a PDF document", "export its page as PNG"},
    {FileKind::PostScript, FileUse::None, "PS", "a PostScript document", "export its page as PNG"},
    {FileKind::Program, FileUse::None, "program", "a program", ""},
    {FileKind::Utf16, FileUse::None, "text", "a text file in UTF-16", "save it as UTF-8"},
    {FileKind::Json, FileUse::None, "text", "a text file (JSON)", ""},
    {FileKind::Text, FileUse::None, "text", "a text file", ""},
};

const KindInfo& info_of(FileKind::Id id) {
  return *std::find_if(std::begin(kKinds), std::end(kKinds), [&](const KindInfo& i) { return i.id == id; });
}

/// Bytes at an offset that only one kind of file has.
struct Magic {
  FileKind::Id kind;
  size_t at;
  Text bytes;
};

const std::vector<Magic>& magics() {
  static const std::vector<Magic> table{{FileKind::Bzip2, 0, "BZh"},
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
                                        {FileKind::Gif, 0, "GIF87a"},
                                        {FileKind::Gif, 0, "GIF89a"},
                                        {FileKind::Tiff, 0, Text("II*\0", 4)},
                                        {FileKind::Tiff, 0, Text("MM\0*", 4)},
                                        {FileKind::WebP, 8, "WEBP"},
                                        {FileKind::BigTiff, 0, Text("II+\0", 4)},
                                        {FileKind::JpegXl, 0, "\xff\x0a"},
                                        {FileKind::JpegXl, 4, "JXL \r\n\x87\n"},
                                        {FileKind::Jpeg2000, 4, "jP  \r\n\x87\n"},
                                        {FileKind::Photoshop, 0, "8BPS"},
                                        {FileKind::Gimp, 0, "gimp xcf"},
                                        {FileKind::Icon, 0, Text("\0\0\1\0", 4)},
                                        {FileKind::Qoi, 0, "qoif"},
                                        {FileKind::PostScript, 0, "%!PS"},
                                        {FileKind::Program, 0, Text("\x7f") + "ELF"},
                                        {FileKind::Video, 0, "\x1a\x45\xdf\xa3"},
                                        {FileKind::Pdf, 0, "%PDF"},
                                        {FileKind::Tar, 257, "ustar"},
                                        {FileKind::Utf16, 0, "\xff\xfe"},
                                        {FileKind::Utf16, 0, "\xfe\xff"}};
  return table;
}

bool holds_at(const Text& bytes, size_t at, const Text& part) {
  return bytes.size() >= at + part.size() && bytes.compare(at, part.size(), part) == 0;
}

bool holds(const Text& bytes, const char* part) { return bytes.find(part) != Text::npos; }

/// Member names show the purpose of an archive.
FileKind::Id zip_kind(const Text& bytes) {
  for (const char* member : {"data.pkl", "/version", "byteorder", ".format_version"})
    if (holds(bytes, member)) return FileKind::TorchZip;
  return holds(bytes, ".npy") ? FileKind::Npz : FileKind::Zip;
}

/// An IDX file starts with two zeros, a number type (8 to 14) and the number of dimensions.
bool is_idx(const Text& bytes) {
  return bytes.size() >= 4 && bytes[0] == 0 && bytes[1] == 0 && bytes[2] >= 8 && bytes[2] <= 14 &&
         bytes[3] >= 1 && bytes[3] <= 8;
}

/// The first unpacked bytes of a gzip stream; fewer if it is damaged.
Text unpacked_start(const Text& bytes) {
  constexpr int kGzipOnly = 15 + 16;  // zlib: largest window, gzip wrapping
  Text out(512, '\0');
  z_stream z{};
  if (inflateInit2(&z, kGzipOnly) != Z_OK) return "";
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib only reads it
  z.avail_in = uInt(bytes.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = uInt(out.size());
  inflate(&z, Z_SYNC_FLUSH);
  out.resize(out.size() - z.avail_out);
  inflateEnd(&z);
  return out;
}

FileKind::Id gzip_kind(const Text& bytes) {
  const Text inside = unpacked_start(bytes);
  return is_idx(inside)                   ? FileKind::PackedIdx
         : holds_at(inside, 257, "ustar") ? FileKind::Tar
                                          : FileKind::Gzip;
}

/// Videos and some images share one container; a brand distinguishes them.
FileKind::Id container_kind(const Text& bytes) {
  const Text brands = bytes.substr(std::min<size_t>(8, bytes.size()), 24);
  if (holds(brands, "avif") || holds(brands, "avis")) return FileKind::Avif;
  for (const char* brand : {"heic", "heix", "hevc", "heim", "heis", "mif1", "msf1"})
    if (holds(brands, brand)) return FileKind::Heif;
  return FileKind::Video;
}

/// A safetensors file: the length of its header in eight bytes, then JSON.
bool is_safetensors(const Text& bytes) {
  return bytes.size() >= 9 && bytes[8] == '{' && holds_at(bytes, 4, Text(4, '\0'));
}

/// A pickle starts with 0x80 and its protocol, from protocol 4 on followed by a frame (0x95); a
/// header's length in eight bytes would have zeros further up instead.
bool is_pickle(const Text& bytes) {
  return bytes.size() > 2 && uint8_t(bytes[0]) == 0x80 && bytes[1] >= 2 && bytes[1] <= 5 &&
         (uint8_t(bytes[2]) == 0x95 || bytes.size() < 8 || bytes[6] || bytes[7]);
}

/// "BM" begins English words too: the size of the following header decides.
bool is_bmp(const Text& bytes) {
  constexpr size_t kHeader = 14;
  if (bytes.size() < kHeader + 4 || bytes.compare(0, 2, "BM") != 0) return false;
  const uint8_t sizes[] = {12, 16, 40, 52, 56, 64, 108, 124};
  return std::count(std::begin(sizes), std::end(sizes), uint8_t(bytes[kHeader])) > 0 &&
         holds_at(bytes, kHeader + 1, Text(3, '\0'));
}

/// "P5" and a space or the end of a line.
bool is_pnm(const Text& bytes) {
  return bytes.size() > 2 && bytes[0] == 'P' && bytes[1] >= '1' && bytes[1] <= '7' &&
         (bytes[2] == '\n' || bytes[2] == ' ');
}

/// Lower-case letters, from the first character that is no space; without a byte-order mark.
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
                     [](char c) { return uint8_t(c) >= 32 ? c != 127 : (c >= 9 && c <= 13) || c == 27; });
}

FileKind::Id text_kind(const Text& bytes) {
  const Text start = text_start(bytes);
  const auto opens = [&](const char* word) { return start.rfind(word, 0) == 0; };
  if (opens("version https://git-lfs")) return FileKind::LfsPointer;
  if (opens("/annex/objects/") || opens("../.git/annex/")) return FileKind::GitAnnexPointer;
  const bool tagged = opens("<!--") || opens("<?xml");
  if (opens("<svg") || opens("<!doctype svg") || (tagged && start.find("<svg") != Text::npos))
    return FileKind::Svg;
  for (const char* tag : {"<!doctype html", "<html", "<head", "<body", "<script", "<title", "<meta"})
    if (opens(tag) || (tagged && start.find(tag) != Text::npos)) return FileKind::WebPage;
  if (tagged || opens("<error")) return FileKind::XmlError;
  if (!all_text(bytes)) return FileKind::Unknown;
  return opens("{") || opens("[") ? FileKind::Json : FileKind::Text;
}

/// Kinds that need more than one magic number.
FileKind::Id kind_by_structure(const Text& bytes) {
  if (holds_at(bytes, 0, "PK\3\4") || holds_at(bytes, 0, "PK\5\6")) return zip_kind(bytes);
  if (holds_at(bytes, 0, "\x1f\x8b")) return gzip_kind(bytes);
  if (holds_at(bytes, 4, "ftyp")) return container_kind(bytes);
  if (is_bmp(bytes)) return FileKind::Bmp;
  if (is_idx(bytes)) return FileKind::Idx;
  if (is_pickle(bytes)) return FileKind::Pickle;
  if (is_pnm(bytes)) return FileKind::Pnm;
  if (bytes.find_first_not_of('\0') == Text::npos) return FileKind::Zeros;
  return text_kind(bytes);
}

}  // namespace

FileKind::FileKind(Id kind)
    : id(kind),
      use(info_of(kind).use),
      word(info_of(kind).word),
      what(info_of(kind).what),
      advice(info_of(kind).advice) {}

FileKind file_kind(const uint8_t* first, size_t n) {
  if (n == 0) return FileKind::Empty;
  const Text bytes(reinterpret_cast<const char*>(first), std::min(n, kKindBytes));
  // First, because the length of a header may contain any magic number.
  if (is_safetensors(bytes)) return FileKind::Safetensors;
  for (const Magic& magic : magics())
    if (holds_at(bytes, magic.at, magic.bytes)) return magic.kind;
  return kind_by_structure(bytes);
}

FileKind file_kind(const std::vector<uint8_t>& head) { return file_kind(head.data(), head.size()); }

FileKind file_kind_of(const std::filesystem::path& path) {
  const std::string name = "'" + path.string() + "'";
  // Opening a pipe or a device would block until something is written to it.
  if (const std::string why = no_file_reason(path); !why.empty())
    throw InputError("cannot read " + name + ": " + why);
  std::ifstream in(path, std::ios::binary);
  if (!in) throw InputError("cannot read " + name + ": " + std::strerror(errno));
  std::vector<uint8_t> head(kKindBytes);
  in.read(reinterpret_cast<char*>(head.data()), std::streamsize(head.size()));
  if (in.bad()) throw InputError("cannot read " + name + ": " + std::strerror(errno));
  head.resize(size_t(in.gcount()));
  return file_kind(head);
}

FileKind file_kind_or_unknown(const std::filesystem::path& path) {
  try {
    return file_kind_of(path);
  } catch (const InputError&) {
    return FileKind::Unknown;
  }
}

std::string kind_words(FileKind kind) { return kind.what; }

std::string kind_advice(FileKind kind) { return kind.advice; }

std::string kind_sentence(FileKind kind) {
  if (kind == FileKind::Unknown) return "";
  return std::string("it is ") + kind.what + (*kind.advice ? "; " : "") + kind.advice;
}

std::string wrong_kind(const std::string& name, const FileKind& kind, const std::string& wanted) {
  const std::string advice = *kind.advice ? std::string("; ") + kind.advice : "";
  return "cannot use '" + name + "': it is " + kind.what + ", not " + wanted + advice;
}

}  // namespace lf::files
