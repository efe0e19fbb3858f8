#include "models/tensor_io.h"

#include <cstring>
#include <utility>
#include <vector>

#include "messages/errors.h"

namespace lf {
namespace {

const std::vector<std::pair<std::string, at::ScalarType>>& type_table() {
  static const std::vector<std::pair<std::string, at::ScalarType>> table{
      {"F32", at::kFloat}, {"F64", at::kDouble}, {"F16", at::kHalf}, {"BF16", at::kBFloat16},
      {"I64", at::kLong},  {"I32", at::kInt},    {"U8", at::kByte},  {"BOOL", at::kBool}};
  return table;
}

at::ScalarType scalar_type(const std::string& dtype, const std::string& name) {
  for (const auto& [text, type] : type_table()) {
    if (text == dtype) return type;
  }
  throw InputError("tensor " + name + ": type " + dtype + " is not supported; convert it to F32");
}

std::string type_text(at::ScalarType type) {
  for (const auto& [text, known] : type_table()) {
    if (known == type) return text;
  }
  throw InputError(std::string("cannot store tensors of type ") + at::toString(type));
}

}  // namespace

TensorBytes file_bytes(const at::Tensor& value) {
  const at::Tensor plain = value.detach().cpu().contiguous();
  TensorBytes bytes;
  bytes.dtype = type_text(plain.scalar_type());
  bytes.shape = plain.sizes().vec();
  bytes.bytes.resize(plain.nbytes());
  if (!bytes.bytes.empty()) std::memcpy(bytes.bytes.data(), plain.data_ptr(), plain.nbytes());
  return bytes;
}

at::Tensor to_tensor(const TensorBytes& bytes, const std::string& name) {
  const auto type = scalar_type(bytes.dtype, name);
  at::Tensor value = at::empty(bytes.shape, type);
  if (value.nbytes() != bytes.bytes.size())
    throw InputError("tensor " + name + ": shape and size do not agree");
  if (!bytes.bytes.empty()) std::memcpy(value.data_ptr(), bytes.bytes.data(), bytes.bytes.size());
  return type == at::kHalf || type == at::kBFloat16 ? value.to(at::kFloat) : value;
}

std::map<std::string, at::Tensor> to_tensors(const Safetensors& file, const std::string& prefix) {
  std::map<std::string, at::Tensor> tensors;
  for (const auto& [name, bytes] : file.tensors) {
    if (name.rfind(prefix, 0) == 0) tensors[name] = to_tensor(bytes, name);
  }
  return tensors;
}

void add_tensors(Safetensors& file, const std::map<std::string, at::Tensor>& tensors) {
  for (const auto& [name, value] : tensors) file.tensors[name] = file_bytes(value);
}

}  // namespace lf
