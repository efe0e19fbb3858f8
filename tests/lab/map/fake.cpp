// What the tests take for an answer of the tool, and the fields of it that the safety net compares.
#include <cmath>

#include "base/image_shape.h"
#include "fake_lab.h"
#include "lab/map/result.h"
#include "lab_fields.h"

namespace lf {

static LabMapCloud fake_cloud(int64_t count) {
  LabMapCloud cloud;
  cloud.total = count;
  for (int64_t i = 0; i < count; ++i) {
    const float angle = 0.628f * static_cast<float>(i % 10), far = 1 + 0.01f * static_cast<float>(i % 37);
    cloud.points.push_back(3 * far * std::cos(angle));
    cloud.points.push_back(3 * far * std::sin(angle));
    cloud.labels.push_back(static_cast<uint8_t>(i % 10));
  }
  const auto pixels =
      std::make_shared<std::vector<uint8_t>>(static_cast<size_t>(count) * kDigitPixels, uint8_t{90});
  cloud.pixels = {pixels, pixels->data()};
  return cloud;
}

std::shared_ptr<const LabResult> fake_lab_map(const FakeLabScene&) {
  auto map = std::make_shared<LabMap>();
  map->axes = "class axes";
  map->train = fake_cloud(400);
  map->test = fake_cloud(100);
  map->share = 0.12;
  map->mean_accuracy = 0.83;
  map->prior = {0, 0, 0.5f, 0.5f};
  map->t = {0, 0.5f, 1};
  map->flowing_labels = {3, 4};
  map->flowing = {0, 0, 0, 0, 1, 1, -1, 1, 2, 2, -2, 2};
  return map;
}

namespace net {

/// The digits' pixels are shared and have no length of their own.
template <>
inline json plain<LabMapCloud>(const LabMapCloud& whole) {
  const auto& [total, points, labels, pixels, shape] = whole;
  json object = named("total, points, labels", total, points, labels);
  object["pixels"] =
      pixels == nullptr ? json(nullptr) : numbers(pixels.get(), static_cast<size_t>(total * shape.pixels()));
  return object;
}

LF_NET_FIELDS(LabMap, axes, train, test, share, mean_accuracy, prior, t, flowing, flowing_labels)
LF_NET_LAB_RESULT(map, LabMap)

}  // namespace net
}  // namespace lf
