#include "files/safetensors.h"

#include <algorithm>
#include <array>
#include <fstream>

#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/safetensors_header.h"
#include "messages/errors.h"

namespace lf {
namespace {

namespace fs = std::filesystem;

std::array<uint8_t, 8> length_bytes(uint64_t length) {
  std::array<uint8_t, 8> bytes;
  for (int i = 0; i < 8; ++i) bytes[i] = uint8_t(length >> (8 * i));
  return bytes;
}

/// An open file, its checked header, positioned at the data part.
struct OpenFile {
  std::ifstream in;
  SafetensorsHeader header;
};

uint64_t size_of(const fs::path& path) {
  if (const std::string why = no_file_reason(path); !why.empty())
    throw InputError("cannot read '" + path.string() + "': " + why);
  return file_bytes(path);
}

OpenFile open_safetensors(const fs::path& path) {
  const uint64_t size = size_of(path);
  OpenFile file{std::ifstream(path, std::ios::binary), {}};
  if (!file.in) throw InputError("cannot read '" + path.string() + "': it may not be opened");
  uint8_t first[8] = {};
  file.in.read(reinterpret_cast<char*>(first), 8);
  const auto got = size_t(file.in.gcount());
  const uint64_t length = safetensors_header_length(first, got, size, path.string());
  std::string json(length, '\0');
  file.in.read(json.data(), std::streamsize(length));
  if (!file.in) throw InputError("cannot read '" + path.string() + "': it ends early");
  file.header = parse_safetensors_header(json, size - 8 - length, path.string());
  return file;
}

}  // namespace

Safetensors read_safetensors_header(const fs::path& path) {
  OpenFile file = open_safetensors(path);
  Safetensors content;
  content.metadata = std::move(file.header.metadata);
  for (TensorSpan& span : file.header.spans)
    content.tensors[span.name] = {span.dtype, std::move(span.shape), {}};
  return content;
}

Safetensors read_safetensors(const fs::path& path) {
  OpenFile file = open_safetensors(path);
  Safetensors content;
  content.metadata = std::move(file.header.metadata);
  for (TensorSpan& span :
       file.header.spans) {  // in file order, straight into place: no second copy of a large file
    TensorBytes& tensor = content.tensors[span.name];
    tensor = {span.dtype, std::move(span.shape), std::vector<uint8_t>(span.end - span.begin)};
    file.in.read(reinterpret_cast<char*>(tensor.bytes.data()), std::streamsize(tensor.bytes.size()));
    if (!file.in) throw InputError("cannot read '" + path.string() + "': it ends early");
  }
  return content;
}

Safetensors parse_safetensors(const uint8_t* data, size_t n, const std::string& name) {
  const uint64_t length = safetensors_header_length(data, std::min<size_t>(n, 8), n, name);
  const std::string json(reinterpret_cast<const char*>(data) + 8, length);
  SafetensorsHeader header = parse_safetensors_header(json, n - 8 - length, name);
  Safetensors content;
  content.metadata = std::move(header.metadata);
  const uint8_t* base = data + 8 + length;
  for (TensorSpan& span : header.spans) {
    content.tensors[span.name] = {span.dtype, std::move(span.shape), {base + span.begin, base + span.end}};
  }
  return content;
}

std::vector<uint8_t> serialize_safetensors(const Safetensors& content) {
  std::vector<TensorSpan> spans;
  const std::string json = build_safetensors_header(content, spans);
  std::vector<uint8_t> file;
  file.reserve(8 + json.size());
  for (uint8_t byte : length_bytes(json.size())) file.push_back(byte);
  for (char letter : json) file.push_back(uint8_t(letter));
  for (const TensorSpan& span : spans) {
    const TensorBytes& tensor = content.tensors.at(span.name);
    file.insert(file.end(), tensor.data(), tensor.data() + tensor.size());
  }
  return file;
}

void write_safetensors(const fs::path& path, const Safetensors& content) {
  std::vector<TensorSpan> spans;
  const std::string json = build_safetensors_header(content, spans);
  AtomicFile file(path);
  file.write(length_bytes(json.size()).data(), 8);
  file.write(json.data(), json.size());
  for (const TensorSpan& span : spans) {
    const TensorBytes& tensor = content.tensors.at(span.name);
    file.write(tensor.data(), tensor.size());
  }
  file.commit();
}

}  // namespace lf
