// The index of split weights, and the names of their parts.
#include "files/tensors/weight_index.h"
#include "fuzz_target.h"

namespace lf::fuzz {

void fuzz_one(const uint8_t* data, size_t size) {
  const std::string text = text_of(data, size);
  files::WeightIndex index;
  if (sound_or_refused([&] { index = files::parse_weight_index(text, "fuzzed"); })) {
    require(!index.files().empty(), "an index names a file");
    for (const std::string& file : index.files()) {
      require(file.find('/') == std::string::npos && file[0] != '.', "parts lie beside their index");
      require(file.find('\0') == std::string::npos, "a name ends where it ends");
    }
  }
  const auto part = files::part_name(text);
  if (!part) return;
  require(part->file(part->part) == text, "a part's name reads back");
  require(part->part >= 1 && part->part <= part->all, "a part is one of all");
}

}  // namespace lf::fuzz
