#include "files/tensors/safetensors.h"

#include <algorithm>
#include <array>

#include "base/errors.h"
#include "files/atomic_write.h"
#include "files/file_kind.h"
#include "files/tensors/safetensors_header.h"
#include "files/tensors/safetensors_reader.h"

namespace lf::files {
namespace {

namespace fs = std::filesystem;

std::array<uint8_t, 8> length_bytes(uint64_t length) {
  std::array<uint8_t, 8> bytes;
  for (int i = 0; i < 8; ++i) bytes[i] = uint8_t(length >> (8 * i));
  return bytes;
}

/// Hands the bytes of a file to `put`, piece by piece.
template <class Put>
void put_file(const std::string& json, const std::vector<TensorSpan>& spans, const Safetensors& content,
              const Put& put) {
  put(length_bytes(json.size()).data(), 8);
  put(json.data(), json.size());
  for (const TensorSpan& span : spans) {
    const TensorBytes& tensor = content.tensors.at(span.name);
    put(tensor.data(), tensor.size());
  }
}

}  // namespace

Safetensors read_safetensors(const fs::path& path) {
  SafetensorsReader file(path);
  Safetensors content;
  content.metadata = file.header().metadata;
  // In file order, directly into place: no second copy of a large file.
  for (const TensorSpan& span : file.header().spans) content.tensors[span.name] = file.read(span);
  return content;
}

Safetensors parse_safetensors(const uint8_t* data, size_t n, const std::string& name) {
  const uint64_t length = safetensors_header_length(data, std::min(n, kKindBytes), n, name);
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
  put_file(json, spans, content, [&](const void* data, size_t n) {
    const auto bytes = static_cast<const uint8_t*>(data);
    file.insert(file.end(), bytes, bytes + n);
  });
  return file;
}

void write_safetensors(const fs::path& path, const Safetensors& content) {
  std::vector<TensorSpan> spans;
  const std::string json = build_safetensors_header(content, spans);
  AtomicFile file(path);
  put_file(json, spans, content, [&](const void* data, size_t n) { file.write(data, n); });
  file.commit();
}

}  // namespace lf::files
