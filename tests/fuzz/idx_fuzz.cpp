// IDX files: images and labels, one after the other in the input (its first two bytes are the
// position of the cut).
#include <algorithm>

#include "files/idx/form.h"
#include "fuzz_target.h"

namespace lf::fuzz {

void fuzz_one(const uint8_t* data, size_t size) {
  if (size < 2) return;
  const size_t cut = std::min<size_t>(size - 2, size_t(data[0]) << 8 | data[1]);
  const files::IdxFile images{"images", bytes_of(data + 2, cut), {}};
  const files::IdxFile labels{"labels", bytes_of(data + 2 + cut, size - 2 - cut), {}};
  sound_or_refused([&] { files::parse_idx_images(images); });
  sound_or_refused([&] { files::parse_idx_labels(labels); });
  sound_or_refused([&] {
    const files::ImageSet set = files::parse_idx_pair(images, labels);
    require(files::make_idx_images(set) == images.bytes && files::make_idx_labels(set) == labels.bytes,
            "what is read is what would be written");
  });
  const files::IdxFile usual = files::usual_images(images);
  require(files::usual_images(usual).bytes == usual.bytes, "the usual form stays as it is");
  require(files::transposed_images(files::transposed_images(usual)).bytes == usual.bytes,
          "turned twice is not turned");
  sound_or_refused([&] { files::parse_idx_images(usual); });
  sound_or_refused([&] { files::parse_idx_labels(files::usual_labels(labels)); });
}

}  // namespace lf::fuzz
