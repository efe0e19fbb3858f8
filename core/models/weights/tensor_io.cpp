#include "models/weights/tensor_io.h"

#include <memory>
#include <utility>
#include <vector>

#include "base/errors.h"

namespace lf::models {
namespace {

const std::vector<std::pair<std::string, at::ScalarType>>& type_table() {
  static const std::vector<std::pair<std::string, at::ScalarType>> table{
      {"F32", at::kFloat},
      {"F64", at::kDouble},
      {"F16", at::kHalf},
      {"BF16", at::kBFloat16},
      {"F8_E4M3", at::kFloat8_e4m3fn},
      {"F8_E5M2", at::kFloat8_e5m2},
      {"F8_E8M0", at::kFloat8_e8m0fnu},
      {"F8_E4M3FNUZ", at::kFloat8_e4m3fnuz},
      {"F8_E5M2FNUZ", at::kFloat8_e5m2fnuz},
      {"C64", at::kComplexFloat},
      {"I64", at::kLong},
      {"I32", at::kInt},
      {"I16", at::kShort},
      {"I8", at::kChar},
      {"U64", at::kUInt64},
      {"U32", at::kUInt32},
      {"U16", at::kUInt16},
      {"U8", at::kByte},
      {"BOOL", at::kBool}};
  return table;
}

at::ScalarType scalar_type(const std::string& dtype, const std::string& name) {
  for (const auto& [text, type] : type_table()) {
    if (text == dtype) return type;
  }
  throw InputError("tensor " + name + ": numbers of type " + dtype +
                   " are not read here; convert them to F32");
}

std::string type_text(at::ScalarType type) {
  for (const auto& [text, known] : type_table()) {
    if (known == type) return text;
  }
  throw InputError(std::string("cannot store tensors of type ") + at::toString(type));
}

}  // namespace

files::TensorBytes file_bytes(const at::Tensor& value) {
  const auto plain = std::make_shared<const at::Tensor>(value.detach().cpu().contiguous());
  files::TensorBytes bytes;
  bytes.dtype = type_text(plain->scalar_type());
  bytes.shape = plain->sizes().vec();
  bytes.borrowed = {plain, static_cast<const uint8_t*>(plain->data_ptr()), plain->nbytes()};
  return bytes;
}

at::Tensor to_tensor(files::TensorBytes stored, const std::string& name) {
  const auto type = scalar_type(stored.dtype, name);
  const auto kept = std::make_shared<files::TensorBytes>(std::move(stored));
  int64_t count = 1;
  for (const int64_t extent : kept->shape) count *= extent;
  if (static_cast<size_t>(count) * at::elementSize(type) != kept->size())
    throw InputError("tensor " + name + ": shape and size do not agree");
  // The tensor keeps the file's bytes alive; nothing else writes to them.
  const at::Tensor value = count == 0
                               ? at::empty(kept->shape, type)
                               : at::from_blob(
                                     const_cast<uint8_t*>(kept->data()), kept->shape, [kept](void*) {}, type);
  const bool narrow = at::isFloatingType(type) && at::elementSize(type) < sizeof(float);
  return narrow ? value.to(at::kFloat) : value;
}

std::map<std::string, at::Tensor> to_tensors(files::Safetensors file) {
  std::map<std::string, at::Tensor> tensors;
  for (auto& [name, bytes] : file.tensors) tensors[name] = to_tensor(std::move(bytes), name);
  return tensors;
}

void add_tensors(files::Safetensors& file, const std::map<std::string, at::Tensor>& tensors) {
  for (const auto& [name, value] : tensors) file.tensors[name] = file_bytes(value);
}

}  // namespace lf::models
