// NumPy's .npy files.
#include "files/tensors/npy.h"
#include "fuzz_target.h"

namespace lf::fuzz {

void fuzz_one(const uint8_t* data, size_t size) {
  sound_or_refused([&] {
    const files::NpyArray array = files::parse_npy(bytes_of(data, size), "fuzzed");
    require(array.bytes.size() <= size, "an array is no larger than its file");
  });
}

}  // namespace lf::fuzz
