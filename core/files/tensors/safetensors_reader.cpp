#include "files/tensors/safetensors_reader.h"

#include "base/errors.h"
#include "base/paths.h"
#include "files/file_kind.h"

namespace lf::files {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse_file(const fs::path& path, const std::string& why) {
  throw InputError("cannot read '" + path.string() + "': " + why);
}

uint64_t size_of(const fs::path& path) {
  if (const std::string why = no_file_reason(path); !why.empty()) refuse_file(path, why);
  return file_bytes(path);
}

}  // namespace

SafetensorsReader::SafetensorsReader(const fs::path& path) : path_(path) {
  const uint64_t size = size_of(path);
  in_.open(path, std::ios::binary);
  if (!in_) refuse_file(path, "it may not be opened");
  uint8_t first[kKindBytes];
  in_.read(reinterpret_cast<char*>(first), sizeof first);
  const auto got = size_t(in_.gcount());
  const uint64_t length = safetensors_header_length(first, got, size, path.string());
  in_.clear();
  in_.seekg(8);
  std::string json(length, '\0');
  in_.read(json.data(), std::streamsize(length));
  if (!in_) refuse_file(path, "it ends early");
  data_at_ = 8 + length;
  header_ = parse_safetensors_header(json, size - data_at_, path.string());
}

TensorBytes SafetensorsReader::read(const TensorSpan& span) {
  TensorBytes tensor{span.dtype, span.shape, std::vector<uint8_t>(span.end - span.begin)};
  in_.clear();
  in_.seekg(std::streamoff(data_at_ + span.begin));
  in_.read(reinterpret_cast<char*>(tensor.bytes.data()), std::streamsize(tensor.bytes.size()));
  if (!in_) refuse_file(path_, "it ends early");
  return tensor;
}

}  // namespace lf::files
