// IDX files: pictures and labels, one after the other in the input (its first two bytes say where it is cut).
#include <algorithm>

#include "files/idx/form.h"
#include "fuzz_target.h"

namespace lf::fuzz {

void fuzz_one(const uint8_t* data, size_t size) {
  if (size < 2) return;
  const size_t cut = std::min<size_t>(size - 2, size_t(data[0]) << 8 | data[1]);
  const IdxFile images{"images", bytes_of(data + 2, cut), {}};
  const IdxFile labels{"labels", bytes_of(data + 2 + cut, size - 2 - cut), {}};
  sound_or_refused([&] { parse_idx_images(images); });
  sound_or_refused([&] { parse_idx_labels(labels); });
  sound_or_refused([&] {
    const ImageSet set = parse_idx_pair(images, labels);
    require(make_idx_images(set) == images.bytes && make_idx_labels(set) == labels.bytes,
            "what is read is what would be written");
  });
  const IdxFile usual = usual_images(images);
  require(usual_images(usual).bytes == usual.bytes, "the usual form stays as it is");
  require(transposed_images(transposed_images(usual)).bytes == usual.bytes, "turned twice is not turned");
  sound_or_refused([&] { parse_idx_images(usual); });
  sound_or_refused([&] { parse_idx_labels(usual_labels(labels)); });
}

}  // namespace lf::fuzz
