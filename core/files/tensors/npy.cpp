#include "files/tensors/npy.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "base/errors.h"
#include "base/image_sheet.h"
#include "files/atomic_write.h"
#include "files/cannot_use.h"

namespace lf::files {
namespace {

constexpr char kMagic[] = "\x93NUMPY";
constexpr uint64_t kMaxNpyBytes = 4ull << 30;

size_t element_bytes(const std::string& descr) {
  if (descr == "|u1") return 1;
  if (descr == "<f4") return 4;
  if (descr == "<i8" || descr == "<f8") return 8;
  return 0;
}

/// Bytes of the whole array, or max when the sizes overflow.
uint64_t array_bytes(const std::string& descr, const std::vector<int64_t>& shape) {
  uint64_t bytes = element_bytes(descr);
  for (int64_t extent : shape) {
    if (extent < 0 || (extent > 0 && bytes > (uint64_t(1) << 60) / uint64_t(extent))) {
      return std::numeric_limits<uint64_t>::max();
    }
    bytes *= uint64_t(extent);
  }
  return bytes;
}

/// The header text, padded with spaces so that the data begin at a multiple of 64 bytes.
std::string header_text(const NpyArray& array) {
  std::string text = "{'descr': '" + array.descr + "', 'fortran_order': False, 'shape': (";
  for (size_t i = 0; i < array.shape.size(); ++i) {
    text += std::to_string(array.shape[i]);
    if (i + 1 < array.shape.size()) text += ", ";
  }
  text += array.shape.size() == 1 ? ",), }" : "), }";
  text.append(63 - (10 + text.size()) % 64, ' ');
  return text + '\n';
}

template <class T>
void write_values(const std::filesystem::path& path, const char* descr, const std::vector<int64_t>& shape,
                  const std::vector<T>& values) {
  NpyArray array{descr, shape, std::vector<uint8_t>(values.size() * sizeof(T))};
  if (!values.empty()) std::memcpy(array.bytes.data(), values.data(), array.bytes.size());
  write_npy(path, array);
}

/// The part of the file between magic and data: where it begins and ends.
std::pair<size_t, size_t> header_range(const std::vector<uint8_t>& file, const std::string& name) {
  if (file.size() < 12 || std::memcmp(file.data(), kMagic, 6) != 0) cannot_use(name, "it is not a .npy file");
  size_t begin = 10, length = file[8] | size_t(file[9]) << 8;
  if (file[6] == 2) begin = 12, length |= size_t(file[10]) << 16 | size_t(file[11]) << 24;
  if (file[6] < 1 || file[6] > 2) cannot_use(name, "its .npy version is unknown");
  if (length > 65536 || begin + length > file.size()) cannot_use(name, "its .npy header is damaged");
  return {begin, begin + length};
}

/// The text between `open` and `close` after a key of the header, which is a Python dictionary.
std::string value_of(const std::string& header, const std::string& key, char open, char close,
                     const std::string& name) {
  const size_t at = header.find("'" + key + "':");
  const size_t begin = at == std::string::npos ? at : header.find(open, at + key.size() + 3);
  const size_t end = begin == std::string::npos ? begin : header.find(close, begin + 1);
  if (end == std::string::npos) cannot_use(name, "its .npy header is damaged");
  return header.substr(begin + 1, end - begin - 1);
}

/// The extents in "2, 28, 28" or "3,".
std::vector<int64_t> parse_shape(const std::string& text, const std::string& name) {
  std::vector<int64_t> shape;
  for (size_t at = text.find_first_of("0123456789"); at != std::string::npos;) {
    const size_t end = std::min(text.find_first_not_of("0123456789", at), text.size());
    if (end - at > 18 || shape.size() == 8) cannot_use(name, "its .npy shape is impossible");
    shape.push_back(std::stoll(text.substr(at, end - at)));
    at = text.find_first_of("0123456789", end);
  }
  if (text.find_first_not_of("0123456789, ") != std::string::npos)
    cannot_use(name, "its .npy shape is damaged");
  return shape;
}

}  // namespace

void write_npy(const std::filesystem::path& path, const NpyArray& array) {
  if (element_bytes(array.descr) == 0 || array_bytes(array.descr, array.shape) != array.bytes.size()) {
    throw InputError("cannot write '" + path.string() + "': the values do not fit type and shape");
  }
  const std::string text = header_text(array);
  AtomicFile file(path);
  const uint8_t start[4] = {1, 0, uint8_t(text.size()), uint8_t(text.size() >> 8)};
  file.write(kMagic, 6);
  file.write(start, 4);
  file.write(text.data(), text.size());
  file.write(array.bytes.data(), array.bytes.size());
  file.commit();
}

void write_npy(const std::filesystem::path& path, const std::vector<int64_t>& shape,
               const std::vector<uint8_t>& values) {
  write_values(path, "|u1", shape, values);
}
void write_npy(const std::filesystem::path& path, const std::vector<int64_t>& shape,
               const std::vector<int64_t>& values) {
  write_values(path, "<i8", shape, values);
}
void write_npy(const std::filesystem::path& path, const std::vector<int64_t>& shape,
               const std::vector<float>& values) {
  write_values(path, "<f4", shape, values);
}

void write_npy(const std::filesystem::path& path, const ImageSheet& images) {
  write_npy(path, {int64_t(images.count()), images.shape.height, images.shape.width}, images.bytes);
}

NpyArray parse_npy(const std::vector<uint8_t>& file, const std::string& name) {
  const auto [begin, end] = header_range(file, name);
  const std::string text(file.begin() + long(begin), file.begin() + long(end));
  NpyArray array{value_of(text, "descr", '\'', '\'', name), {}, {}};
  array.shape = parse_shape(value_of(text, "shape", '(', ')', name), name);
  const bool fortran = text.find("'fortran_order': True") != std::string::npos;
  if (element_bytes(array.descr) == 0)
    cannot_use(name, "elements of type '" + array.descr + "' are not read here");
  if (fortran) cannot_use(name, "it is stored in Fortran order; save it with numpy.ascontiguousarray");
  if (array_bytes(array.descr, array.shape) != file.size() - end)
    cannot_use(name, "its size does not fit its shape");
  array.bytes.assign(file.begin() + long(end), file.end());
  return array;
}

NpyArray read_npy(const std::filesystem::path& path) {
  return parse_npy(read_file(path, kMaxNpyBytes), path.string());
}

}  // namespace lf::files
