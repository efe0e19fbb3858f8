#include "files/tensors/foreign_weights.h"

#include <algorithm>
#include <cstring>

#include "files/file_kind.h"

namespace lf::files {
namespace {

constexpr const char* kSaveAgain =
    "load it in the framework that wrote it and save the weights with safetensors";

/// What to do with weights in another format; "" if the kind's own advice applies.
std::string advice_for(FileKind kind, const std::string& name) {
  const std::string numpy = "import numpy as n, safetensors.numpy as s; ";
  const std::string torch = "convert it in Python: import torch, safetensors.torch as s; w = torch.load('" +
                            name +
                            "', weights_only=True); w = w.get('state_dict', w); "
                            "s.save_file(w, 'weights.safetensors')";
  switch (kind) {
    case FileKind::Pickle:
    case FileKind::TorchZip:
      return "reading it could run code; " + torch;
    case FileKind::Zip:
      return "unpack it and name what was in it; where PyTorch wrote it, " + torch;
    case FileKind::Npz:
      return "convert it in Python: " + numpy + "s.save_file(dict(n.load('" + name +
             "')), 'weights.safetensors')";
    case FileKind::Npy:
      return "it holds one array; convert it in Python: " + numpy + "s.save_file({'NAME': n.load('" + name +
             "')}, 'weights.safetensors')";
    case FileKind::Gguf:
      return "such files are mostly quantised; name the .safetensors file that it was made from";
    case FileKind::Hdf5:
      return std::string("Keras and older programs write it; ") + kSaveAgain;
    default:
      return "";
  }
}

bool opens(const uint8_t* first, size_t n, const char* bytes, size_t count) {
  return n >= count && std::memcmp(first, bytes, count) == 0;
}

/// A protobuf with field 1 (version of the format, a small number), then field 2 (the producer's name) or 7
/// (the graph).
bool is_onnx(const uint8_t* first, size_t n) {
  return n >= 4 && first[0] == 0x08 && first[1] >= 1 && first[1] <= 32 &&
         (first[2] == 0x12 || first[2] == 0x3a);
}

/// A map of up to 15 entries whose first key is a text of up to 31 letters.
bool is_msgpack(const uint8_t* first, size_t n) {
  const bool map = n >= 3 && first[0] > 0x80 && first[0] <= 0x8f && first[1] > 0xa0 && first[1] <= 0xbf;
  const size_t letters = map ? first[1] - 0xa0u : 0;
  return map && n >= 2 + letters &&
         std::all_of(first + 2, first + 2 + letters, [](uint8_t c) { return c >= 32 && c < 127; });
}

}  // namespace

std::string foreign_weights(const uint8_t* first, size_t n, const std::string& name) {
  const FileKind kind = file_kind(first, n);
  if (kind == FileKind::Safetensors) return "";  // whatever magic number the length of its header may contain
  if (is_onnx(first, n)) return std::string("it is an ONNX graph; ") + kSaveAgain;
  if (is_msgpack(first, n)) return std::string("it is a MessagePack file, as Flax writes it; ") + kSaveAgain;
  if (n >= 8 && opens(first + 4, n - 4, "TFL3", 4))
    return std::string("it is a TensorFlow Lite model; ") + kSaveAgain;
  if (kind == FileKind::Unknown) return "";
  if (kind == FileKind::Text) {
    const bool letters =
        std::all_of(first, first + std::min<size_t>(n, 8), [](uint8_t c) { return c < 127; });
    return letters ? "it is not a safetensors file but text" : "";
  }
  const std::string advice = advice_for(kind, name);
  return advice.empty() ? kind_sentence(kind) : "it is " + kind_words(kind) + "; " + advice;
}

}  // namespace lf::files
