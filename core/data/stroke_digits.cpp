#include "data/stroke_digits.h"

#include <algorithm>

#include "base/classes.h"
#include "base/image_sheet.h"
#include "data/mnist.h"
#include "data/stroke_pen.h"
#include "data/stroke_random.h"
#include "files/idx/idx.h"
#include "files/sha256.h"

namespace lf::data {
namespace {

enum Split : uint64_t { kTrain = 1, kTest = 2 };

files::ImageSet draw_set(size_t count, Split split, uint64_t seed) {
  files::ImageSet set{ImageSheet::black(count), std::vector<uint8_t>(count)};
  for (size_t i = 0; i < count; ++i) {
    StrokeRandom random(seed, split, i);
    set.labels[i] = uint8_t(i % kClasses);
    auto segments = write_digit(set.labels[i], random);
    const double radius = std::clamp(1.15 + 0.35 * random.bell(), 0.6, 2.1);
    ink_picture(std::move(segments), radius, random.uniform(0.9, 1.4), set.images.image_data(i));
  }
  return set;
}

}  // namespace

files::Dataset make_stroke_digits(size_t train_count, size_t test_count, uint64_t seed) {
  files::Dataset data;
  data.name = "stroke digits";
  data.source = "built in";
  data.builtin = true;
  data.train = draw_set(train_count, kTrain, seed);
  data.test = draw_set(test_count, kTest, seed);
  data.digest = dataset_digest({files::sha256_hex(files::make_idx_images(data.train)),
                                files::sha256_hex(files::make_idx_labels(data.train)),
                                files::sha256_hex(files::make_idx_images(data.test)),
                                files::sha256_hex(files::make_idx_labels(data.test))});
  return data;
}

}  // namespace lf::data
