#include "files/tensors/safetensors_header.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/errors.h"
#include "files/cannot_use.h"
#include "files/tensors/foreign_weights.h"
#include "files/tensors/json_check.h"

namespace lf::files {
namespace {

struct Dtype {
  const char* name;
  unsigned bits;  ///< of an element; those below 8 are packed
};
// In the order of the format's own library, so that equal content gives equal files.
constexpr Dtype kDtypes[] = {
    {"U64", 64},    {"I64", 64},    {"F64", 64},        {"C64", 64},        {"F32", 32}, {"U32", 32},
    {"I32", 32},    {"BF16", 16},   {"F16", 16},        {"U16", 16},        {"I16", 16}, {"F8_E8M0", 8},
    {"F8_E4M3", 8}, {"F8_E5M2", 8}, {"F8_E4M3FNUZ", 8}, {"F8_E5M2FNUZ", 8}, {"I8", 8},   {"U8", 8},
    {"F6_E3M2", 6}, {"F6_E2M3", 6}, {"F4", 4},          {"BOOL", 8}};

unsigned dtype_bits(const std::string& dtype) {
  for (const Dtype& known : kDtypes) {
    if (dtype == known.name) return known.bits;
  }
  return 0;
}

int layout_rank(const std::string& dtype) {
  int rank = 0;
  for (const Dtype& known : kDtypes) {
    if (dtype == known.name) return rank;
    ++rank;
  }
  return rank;
}

/// product(shape) * size of dtype, or an error for negative or overflowing sizes. An extent of 0
/// does not excuse the others, from which strides are computed.
uint64_t byte_count(const TensorSpan& span, const std::string& file) {
  uint64_t bits = dtype_bits(span.dtype);
  bool empty = false;
  if (bits == 0) cannot_use(file, "tensor '" + span.name + "' has the unknown type '" + span.dtype + "'");
  for (int64_t extent : span.shape) {
    if (extent < 0) cannot_use(file, "tensor '" + span.name + "' has a negative extent");
    const uint64_t factor = extent == 0 ? 1 : uint64_t(extent);
    if (bits > uint64_t(std::numeric_limits<int64_t>::max()) / factor) {
      cannot_use(file, "the shape of tensor '" + span.name + "' is impossibly large");
    }
    bits *= factor;
    empty = empty || extent == 0;
  }
  if (!empty && bits % 8 != 0)
    cannot_use(file, "tensor '" + span.name + "' of type " + span.dtype + " ends within a byte");
  return empty ? 0 : bits / 8;
}

/// The header as JSON, checked first: the parser's own callback would search all tensors for each
/// of them.
nlohmann::json parse_header_json(const std::string& json, const std::string& file) {
  constexpr int kDeepest = 2;  // the list of a shape, in a tensor, in the header
  check_json(json, kDeepest, /*levels=*/1, [&](const std::string& why) { cannot_use(file, why); });
  return nlohmann::json::parse(json);
}

/// One entry {"dtype", "shape", "data_offsets"}. Throws json exceptions for missing keys and wrong types.
TensorSpan parse_span(const std::string& tensor, const nlohmann::json& entry, const std::string& file) {
  TensorSpan span{tensor, entry.at("dtype").get<std::string>(), {}, 0, 0};
  const auto& shape = entry.at("shape");
  if (!shape.is_array() || shape.size() > kMostExtents)
    cannot_use(file, "the shape of tensor '" + tensor + "' is not a list of sizes");
  for (const auto& extent : shape) {
    if (!extent.is_number_unsigned() ||
        extent.get<uint64_t>() > uint64_t(std::numeric_limits<int64_t>::max())) {
      cannot_use(file, "tensor '" + tensor + "' has an extent that is not a size");
    }
    span.shape.push_back(extent.get<int64_t>());
  }
  const auto& offsets = entry.at("data_offsets");
  if (!offsets.is_array() || offsets.size() != 2 || !offsets.at(0).is_number_unsigned() ||
      !offsets.at(1).is_number_unsigned()) {
    cannot_use(file, "tensor '" + tensor + "' does not have two data offsets");
  }
  span.begin = offsets.at(0).get<uint64_t>();
  span.end = offsets.at(1).get<uint64_t>();
  return span;
}

/// Tensors must follow each other from 0 to the end of the file: no overlap, no gap, no remainder.
void check_spans(std::vector<TensorSpan>& spans, uint64_t data_bytes, const std::string& file) {
  std::stable_sort(spans.begin(), spans.end(), [](const TensorSpan& a, const TensorSpan& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  uint64_t at = 0;
  for (const TensorSpan& span : spans) {
    if (span.end < span.begin || span.end > data_bytes) {
      cannot_use(file, "the bytes of tensor '" + span.name +
                           "' lie outside the file; it may be cut off, fetch it again");
    }
    if (span.begin != at)
      cannot_use(file, "the bytes of tensor '" + span.name + "' overlap another or leave a gap");
    if (span.end - span.begin != byte_count(span, file)) {
      cannot_use(file, "tensor '" + span.name + "' has " + std::to_string(span.end - span.begin) +
                           " bytes, its shape needs " + std::to_string(byte_count(span, file)));
    }
    at = span.end;
  }
  if (at != data_bytes) cannot_use(file, std::to_string(data_bytes - at) + " bytes follow the last tensor");
}

}  // namespace

size_t dtype_size(const std::string& dtype) { return dtype_bits(dtype) / 8; }

uint64_t safetensors_header_length(const uint8_t* first, size_t n, uint64_t file_bytes,
                                   const std::string& name) {
  const std::string foreign = foreign_weights(first, n, name);
  if (!foreign.empty()) cannot_use(name, foreign);
  if (n < 8) cannot_use(name, "it is too short for a safetensors file");
  uint64_t length = 0;
  for (int i = 7; i >= 0; --i) length = length << 8 | first[i];
  if (length > kMaxHeaderBytes)
    cannot_use(name, "it is not a safetensors file (its header would be larger than 16 MB)");
  if (length > file_bytes - 8) cannot_use(name, "its header is cut off; fetch or save the file again");
  return length;
}

SafetensorsHeader parse_safetensors_header(const std::string& json, uint64_t data_bytes,
                                           const std::string& name) {
  if (json.empty() || json[0] != '{') cannot_use(name, "it is not a safetensors file (no header)");
  SafetensorsHeader header;
  try {
    const auto root = parse_header_json(json, name);
    for (const auto& [key, value] : root.items()) {
      if (key == "__metadata__") {
        header.metadata = value.get<std::map<std::string, std::string>>();
      } else {
        header.spans.push_back(parse_span(key, value, name));
      }
    }
  } catch (const nlohmann::json::exception&) {
    cannot_use(name, "its header is damaged (not the JSON a safetensors file has)");
  }
  check_spans(header.spans, data_bytes, name);
  return header;
}

std::string build_safetensors_header(const Safetensors& content, std::vector<TensorSpan>& spans) {
  spans.clear();
  for (const auto& [name, tensor] : content.tensors)
    spans.push_back({name, tensor.dtype, tensor.shape, 0, 0});
  std::stable_sort(spans.begin(), spans.end(), [](const TensorSpan& a, const TensorSpan& b) {
    return layout_rank(a.dtype) < layout_rank(b.dtype);
  });
  nlohmann::ordered_json root = nlohmann::ordered_json::object();
  if (!content.metadata.empty()) root["__metadata__"] = content.metadata;
  uint64_t at = 0;
  for (TensorSpan& span : spans) {
    const uint64_t bytes = content.tensors.at(span.name).size();
    if (span.name == "__metadata__" || byte_count(span, "safetensors") != bytes) {
      throw InputError("cannot save tensor '" + span.name + "': its bytes do not fit its shape");
    }
    span.begin = at, span.end = at += bytes;
    root[span.name] = {
        {"dtype", span.dtype}, {"shape", span.shape}, {"data_offsets", {span.begin, span.end}}};
  }
  try {
    std::string json = root.dump();
    json.append((8 - json.size() % 8) % 8, ' ');
    return json;
  } catch (const nlohmann::json::exception&) {
    throw InputError("cannot save tensors: a name or a metadata text is not UTF-8");
  }
}

}  // namespace lf::files
