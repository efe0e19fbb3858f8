// Safetensors files, header and body.
#include "files/tensors/safetensors.h"
#include "fuzz_target.h"

namespace lf::fuzz {

void fuzz_one(const uint8_t* data, size_t size) {
  files::Safetensors content;
  if (!sound_or_refused([&] { content = files::parse_safetensors(data, size, "fuzzed"); })) return;
  size_t bytes = 0;
  for (const auto& [name, tensor] : content.tensors) bytes += tensor.size();
  require(bytes <= size, "tensors are no larger than their file");
  const auto again = files::serialize_safetensors(content);
  const files::Safetensors back = files::parse_safetensors(again.data(), again.size(), "written");
  require(back.metadata == content.metadata && back.tensors.size() == content.tensors.size(),
          "what is written reads back");
}

}  // namespace lf::fuzz
