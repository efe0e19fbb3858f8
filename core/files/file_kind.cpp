#include "files/file_kind.h"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <string_view>

#include "messages/errors.h"

namespace lf {
namespace {

using namespace std::string_view_literals;

constexpr const char* kConvert = "convert it to PNG or JPEG";
constexpr const char* kUnpack = "unpack it and open what is inside";
constexpr const char* kToSafetensors = "save its tensors as .safetensors in Python first";

constexpr FileKind kPicture{FileUse::Picture, "picture", "an image", "open it, or give it to invert"};
constexpr FileKind kModel{FileUse::Model, "model", "a safetensors file", "open it, or name it with --model"};
constexpr FileKind kData{FileUse::Data, "data", "an IDX file of a data set", "name its folder with --data"};
constexpr FileKind kZip{FileUse::None, "zip", "a zip archive", kUnpack};
constexpr FileKind kTorch{FileUse::None, "pickle", "a PyTorch file (pickle)", kToSafetensors};
constexpr FileKind kNumpyArchive{FileUse::None, "npz", "an archive of NumPy arrays", kUnpack};
constexpr FileKind kPickle{FileUse::None, "pickle", "a Python pickle", kToSafetensors};
constexpr FileKind kGzip{FileUse::None, "gzip", "a gzip archive", kUnpack};
constexpr FileKind kTar{FileUse::None, "tar", "a tar archive", kUnpack};
constexpr FileKind kHeic{FileUse::None, "HEIC", "a HEIC image", kConvert};
constexpr FileKind kAvif{FileUse::None, "AVIF", "an AVIF image", kConvert};
constexpr FileKind kVideo{FileUse::None, "video", "a video", "save one of its frames as PNG or JPEG"};
constexpr FileKind kSvg{FileUse::None, "SVG", "an SVG drawing", "export it as PNG"};
constexpr FileKind kPage{FileUse::None, "web page", "a web page (HTML)",
                         "download the file itself, not the page that shows it"};
constexpr FileKind kPointer{FileUse::None, "pointer", "a Git LFS pointer",
                            "fetch the file with: git lfs pull"};
constexpr FileKind kText{FileUse::None, "text", "a text file", "a script runs with: latentflow run FILE"};
constexpr FileKind kEmpty{FileUse::None, "empty", "an empty file", "fetch or save it again"};
constexpr FileKind kZeros{FileUse::None, "zeros", "a file of zeros", "fetch or save it again"};
constexpr FileKind kUnknown{FileUse::None, "", "a file of an unknown kind", ""};

struct Signature {
  size_t at;
  std::string_view bytes;
  FileKind kind;
};

constexpr Signature kSignatures[] = {
    {0, "\x89PNG\r\n\x1a\n"sv, kPicture},
    {0, "\xff\xd8\xff"sv, kPicture},
    {0, "GIF87a"sv, kPicture},
    {0, "GIF89a"sv, kPicture},
    {0, "II*\0"sv, {FileUse::None, "TIFF", "a TIFF or raw camera image", kConvert}},
    {0, "MM\0*"sv, {FileUse::None, "TIFF", "a TIFF or raw camera image", kConvert}},
    {0, "II+\0"sv, {FileUse::None, "TIFF", "a BigTIFF image", kConvert}},
    {8, "WEBP"sv, {FileUse::None, "WebP", "a WebP image", kConvert}},
    {0, "\xff\x0a"sv, {FileUse::None, "JPEG XL", "a JPEG XL image", kConvert}},
    {4, "JXL \r\n\x87\n"sv, {FileUse::None, "JPEG XL", "a JPEG XL image", kConvert}},
    {4, "jP  \r\n\x87\n"sv, {FileUse::None, "JPEG2000", "a JPEG 2000 image", kConvert}},
    {0, "8BPS"sv, {FileUse::None, "PSD", "a Photoshop image", kConvert}},
    {0, "gimp xcf"sv, {FileUse::None, "XCF", "a GIMP image", kConvert}},
    {0, "\0\0\1\0"sv, {FileUse::None, "icon", "an icon", kConvert}},
    {0, "qoif"sv, {FileUse::None, "QOI", "a QOI image", kConvert}},
    {0, "%PDF"sv, {FileUse::None, "PDF", "a PDF document", "export its page as PNG"}},
    {0, "%!PS"sv, {FileUse::None, "PS", "a PostScript document", "export its page as PNG"}},
    {0, "\x89HDF\r\n\x1a\n"sv, {FileUse::None, "HDF5", "an HDF5 file", kToSafetensors}},
    {0, "\x93NUMPY"sv, {FileUse::None, "npy", "a NumPy array", "save it as PNG, or as .safetensors"}},
    {0, "BZh"sv, {FileUse::None, "bzip2", "a bzip2 archive", kUnpack}},
    {0, "\xfd\x37zXZ\0"sv, {FileUse::None, "xz", "an xz archive", kUnpack}},
    {0, "\x28\xb5\x2f\xfd"sv, {FileUse::None, "zstd", "a Zstandard archive", kUnpack}},
    {0, "7z\xbc\xaf\x27\x1c"sv, {FileUse::None, "7z", "a 7-Zip archive", kUnpack}},
    {0, "Rar!"sv, {FileUse::None, "rar", "a RAR archive", kUnpack}},
    {257, "ustar"sv, kTar},
    {0,
     "\x7f"
     "ELF"sv,
     {FileUse::None, "program", "a program", ""}},
    {0, "\x1a\x45\xdf\xa3"sv, kVideo},
};

std::string_view text_of(const std::vector<uint8_t>& head) {
  return {reinterpret_cast<const char*>(head.data()), head.size()};
}

bool has(std::string_view text, size_t at, std::string_view bytes) {
  return text.size() >= at + bytes.size() && text.substr(at, bytes.size()) == bytes;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string::npos; }

/// "BM" begins English words too: the size of the header decides.
bool is_bmp(std::string_view text) {
  constexpr size_t kHeader = 14;
  if (!has(text, 0, "BM") || text.size() < kHeader + 4) return false;
  const auto size = uint8_t(text[kHeader]);
  const bool known = size == 12 || size == 16 || size == 40 || size == 52 || size == 56 || size == 64 ||
                     size == 108 || size == 124;
  return known && text[kHeader + 1] == 0 && text[kHeader + 2] == 0 && text[kHeader + 3] == 0;
}

/// The length of a JSON header in eight bytes, then the header.
bool is_safetensors(std::string_view text) {
  return text.size() > 8 && text[8] == '{' && text.substr(4, 4) == "\0\0\0\0"sv;
}

/// Two zeros, the type of the numbers, how many dimensions.
bool is_idx(std::string_view text) {
  if (text.size() < 8 || text[0] != 0 || text[1] != 0) return false;
  const int type = uint8_t(text[2]), dimensions = uint8_t(text[3]);
  return (type == 8 || type == 9 || (type >= 0x0B && type <= 0x0E)) && dimensions >= 1 && dimensions <= 4;
}

/// What the first bytes of a gzip stream unpack to; fewer where it is damaged.
std::vector<uint8_t> unpacked_head(const std::vector<uint8_t>& head) {
  std::vector<uint8_t> out(512);
  z_stream z{};
  if (inflateInit2(&z, 15 + 16) != Z_OK) return {};
  z.next_in = const_cast<Bytef*>(head.data());  // zlib's old interface; it only reads
  z.avail_in = uInt(head.size());
  z.next_out = out.data();
  z.avail_out = uInt(out.size());
  inflate(&z, Z_SYNC_FLUSH);
  out.resize(out.size() - z.avail_out);
  inflateEnd(&z);
  return out;
}

FileKind kind_in_gzip(const std::vector<uint8_t>& head) {
  const auto inside = unpacked_head(head);
  const std::string_view text = text_of(inside);
  return is_idx(text) ? kData : has(text, 257, "ustar") ? kTar : kGzip;
}

FileKind kind_in_zip(std::string_view text) {
  if (contains(text, "data.pkl") || contains(text, "byteorder")) return kTorch;
  return contains(text, ".npy") ? kNumpyArchive : kZip;
}

/// Films and some images share one container; a brand says which.
FileKind kind_in_container(std::string_view text) {
  const std::string_view brands = text.substr(8, 24);
  if (contains(brands, "avif") || contains(brands, "avis")) return kAvif;
  for (const char* brand : {"heic", "heix", "hevc", "heim", "heis", "mif1", "msf1"}) {
    if (contains(brands, brand)) return kHeic;
  }
  return kVideo;
}

bool is_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= ' ' ? byte != 0x7F : (byte >= '\t' && byte <= '\r') || byte == 0x1B;
  });
}

FileKind kind_of_text(std::string_view text) {
  std::string start(text.substr(0, 1024));
  std::transform(start.begin(), start.end(), start.begin(),
                 [](unsigned char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : char(c); });
  if (has(start, 0, "version https://git-lfs")) return kPointer;
  if (contains(start, "<svg")) return kSvg;
  if (contains(start, "<html") || contains(start, "<!doctype html")) return kPage;
  const bool image = start.size() > 2 && start[0] == 'p' && start[1] >= '1' && start[1] <= '7' &&
                     (start[2] == '\n' || start[2] == ' ');
  return image ? FileKind{FileUse::None, "PNM", "a PNM image", kConvert} : kText;
}

/// Kinds that one signature does not tell.
FileKind kind_by_structure(const std::vector<uint8_t>& head, std::string_view text) {
  if (is_bmp(text)) return kPicture;
  if (is_safetensors(text)) return kModel;
  if (is_idx(text)) return kData;
  if (has(text, 0, "\x1f\x8b")) return kind_in_gzip(head);
  if (has(text, 0, "PK\x03\x04")) return kind_in_zip(text);
  if (has(text, 4, "ftyp")) return kind_in_container(text);
  if (text.size() > 2 && text[0] == '\x80' && text[1] >= 2 && text[1] <= 5) return kPickle;
  const bool image = text[0] == 'P' && (has(text, 1, "5\n") || has(text, 1, "6\n") || has(text, 1, "4\n"));
  if (image) return {FileUse::None, "PNM", "a PNM image", kConvert};
  if (has(text, 0, "\xff\xfe") || has(text, 0, "\xfe\xff") || is_text(text)) return kind_of_text(text);
  const bool zeros = std::all_of(text.begin(), text.end(), [](char c) { return c == 0; });
  return zeros ? kZeros : kUnknown;
}

}  // namespace

FileKind file_kind(const std::vector<uint8_t>& head) {
  if (head.empty()) return kEmpty;
  const std::string_view text = text_of(head).substr(0, kKindBytes);
  for (const Signature& signature : kSignatures) {
    if (has(text, signature.at, signature.bytes)) return signature.kind;
  }
  return kind_by_structure(head, text);
}

FileKind file_kind_of(const std::filesystem::path& path) {
  const std::string name = "'" + path.string() + "'";
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) {
    const bool missing = !error || error == std::errc::no_such_file_or_directory;
    throw InputError("cannot read " + name + ": " + (missing ? "there is no such file" : error.message()));
  }
  // Opening a pipe or a device would wait for whoever writes into it.
  if (!std::filesystem::is_regular_file(status))
    throw InputError("cannot read " + name + ": it is not a file");
  std::ifstream in(path, std::ios::binary);
  if (!in) throw InputError("cannot read " + name + ": " + std::strerror(errno));
  std::vector<uint8_t> head(kKindBytes);
  in.read(reinterpret_cast<char*>(head.data()), std::streamsize(head.size()));
  if (in.bad()) throw InputError("cannot read " + name + ": " + std::strerror(errno));
  head.resize(size_t(in.gcount()));
  return file_kind(head);
}

std::string wrong_kind(const std::string& name, const FileKind& kind, const std::string& wanted) {
  const std::string advice = *kind.advice ? std::string("; ") + kind.advice : "";
  return "cannot use '" + name + "': it is " + kind.what + ", not " + wanted + advice;
}

}  // namespace lf
