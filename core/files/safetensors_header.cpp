#include "files/safetensors_header.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "messages/errors.h"

namespace lf {
namespace {

struct Dtype {
  const char* name;
  size_t bytes;
};
// In the order in which the format's own library lays tensors out, so that equal content gives equal files.
constexpr Dtype kDtypes[] = {{"U64", 8}, {"I64", 8},  {"F64", 8}, {"F32", 4}, {"U32", 4},
                             {"I32", 4}, {"BF16", 2}, {"F16", 2}, {"U16", 2}, {"I16", 2},
                             {"I8", 1},  {"U8", 1},   {"BOOL", 1}};

int layout_rank(const std::string& dtype) {
  int rank = 0;
  for (const Dtype& known : kDtypes) {
    if (dtype == known.name) return rank;
    ++rank;
  }
  return rank;
}

[[noreturn]] void refuse(const std::string& name, const std::string& why) {
  throw InputError("cannot use '" + name + "': " + why);
}

/// product(shape) * size of dtype, or an error for negative or overflowing sizes; an extent of 0 is no excuse
/// for the others, which strides are made of.
uint64_t byte_count(const TensorSpan& span, const std::string& file) {
  uint64_t bytes = dtype_size(span.dtype);
  bool empty = false;
  if (bytes == 0) refuse(file, "tensor '" + span.name + "' has the unknown type '" + span.dtype + "'");
  for (int64_t extent : span.shape) {
    if (extent < 0) refuse(file, "tensor '" + span.name + "' has a negative extent");
    const uint64_t factor = extent == 0 ? 1 : uint64_t(extent);
    if (bytes > uint64_t(std::numeric_limits<int64_t>::max()) / factor) {
      refuse(file, "the shape of tensor '" + span.name + "' is impossibly large");
    }
    bytes *= factor;
    empty = empty || extent == 0;
  }
  return empty ? 0 : bytes;
}

/// The header as JSON. Of a name that stands there twice the parser would keep the last and drop the other in
/// silence; lists within lists would take a hundred bytes of memory for each of the file.
nlohmann::json parse_header_json(const std::string& json, const std::string& file) {
  using Event = nlohmann::json::parse_event_t;
  constexpr int kDeepest = 2;  // the list of a shape, in a tensor, in the header
  std::set<std::string> names;
  return nlohmann::json::parse(json, [&](int depth, Event event, nlohmann::json& value) {
    const bool opens = event == Event::array_start || event == Event::object_start;
    if (opens && depth > kDeepest) refuse(file, "its header is damaged (lists within lists)");
    const bool name = depth == 1 && event == Event::key;
    if (name && !names.insert(value.get<std::string>()).second)
      refuse(file, "it names '" + value.get<std::string>() + "' twice");
    return true;
  });
}

/// One entry {"dtype", "shape", "data_offsets"}. Throws json exceptions for missing keys and wrong types.
TensorSpan parse_span(const std::string& tensor, const nlohmann::json& entry, const std::string& file) {
  TensorSpan span{tensor, entry.at("dtype").get<std::string>(), {}, 0, 0};
  const auto& shape = entry.at("shape");
  if (!shape.is_array() || shape.size() > kMostExtents)
    refuse(file, "the shape of tensor '" + tensor + "' is no list of sizes");
  for (const auto& extent : shape) {
    if (!extent.is_number_unsigned() ||
        extent.get<uint64_t>() > uint64_t(std::numeric_limits<int64_t>::max())) {
      refuse(file, "tensor '" + tensor + "' has an extent that is no size");
    }
    span.shape.push_back(extent.get<int64_t>());
  }
  const auto& offsets = entry.at("data_offsets");
  if (!offsets.is_array() || offsets.size() != 2 || !offsets.at(0).is_number_unsigned() ||
      !offsets.at(1).is_number_unsigned()) {
    refuse(file, "tensor '" + tensor + "' has no two data offsets");
  }
  span.begin = offsets.at(0).get<uint64_t>();
  span.end = offsets.at(1).get<uint64_t>();
  return span;
}

/// Tensors must follow each other from 0 to the end of the file: no overlap, no gap, nothing left over.
void check_spans(std::vector<TensorSpan>& spans, uint64_t data_bytes, const std::string& file) {
  std::stable_sort(spans.begin(), spans.end(), [](const TensorSpan& a, const TensorSpan& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  uint64_t at = 0;
  for (const TensorSpan& span : spans) {
    if (span.end < span.begin || span.end > data_bytes) {
      refuse(file, "the bytes of tensor '" + span.name +
                       "' lie outside the file; it may be cut off, fetch it again");
    }
    if (span.begin != at)
      refuse(file, "the bytes of tensor '" + span.name + "' overlap another or leave a gap");
    if (span.end - span.begin != byte_count(span, file)) {
      refuse(file, "tensor '" + span.name + "' has " + std::to_string(span.end - span.begin) +
                       " bytes, its shape needs " + std::to_string(byte_count(span, file)));
    }
    at = span.end;
  }
  if (at != data_bytes) refuse(file, std::to_string(data_bytes - at) + " bytes follow the last tensor");
}

}  // namespace

size_t dtype_size(const std::string& dtype) {
  for (const Dtype& known : kDtypes) {
    if (dtype == known.name) return known.bytes;
  }
  return 0;
}

uint64_t safetensors_header_length(const uint8_t* first, size_t n, uint64_t file_bytes,
                                   const std::string& name) {
  const bool zip = n >= 4 && std::memcmp(first, "PK\3\4", 4) == 0;
  // A pickle opens with 0x80 and its protocol number; a length of 0x…80 bytes has zeros further up instead.
  const bool pickle = n >= 8 && first[0] == 0x80 && first[1] >= 2 && first[1] <= 5 && (first[6] || first[7]);
  if (zip || pickle) {
    refuse(name,
           "it is a Python pickle, which could run code when read; convert it in Python: import torch, "
           "safetensors.torch as s; w = torch.load('" +
               name + "', weights_only=True); s.save_file(w, 'weights.safetensors')");
  }
  if (n < 8) refuse(name, "it is too short for a safetensors file");
  uint64_t length = 0;
  for (int i = 7; i >= 0; --i) length = length << 8 | first[i];
  if (length > kMaxHeaderBytes) {
    const bool text = std::all_of(first, first + 8, [](uint8_t c) { return c >= 32 && c < 127; });
    refuse(name, text ? "it is not a safetensors file but text"
                      : "it is not a safetensors file (its header would be larger than 16 MB)");
  }
  if (length > file_bytes - 8) refuse(name, "its header is cut off; fetch or save the file again");
  return length;
}

SafetensorsHeader parse_safetensors_header(const std::string& json, uint64_t data_bytes,
                                           const std::string& name) {
  if (json.empty() || json[0] != '{') refuse(name, "it is not a safetensors file (no header)");
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
    refuse(name, "its header is damaged (not the JSON a safetensors file has)");
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

}  // namespace lf
