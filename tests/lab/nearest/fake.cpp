// What the tests take for an answer of the tool, and the fields of it that the safety net compares.
#include <memory>

#include "fake_lab.h"
#include "lab/nearest/result.h"
#include "lab_fields.h"

namespace lf {

std::shared_ptr<const LabResult> fake_lab_nearest(const FakeLabScene& scene) {
  auto found = std::make_shared<LabNearest>();
  found->samples = scene.flow.digits, found->k = 5, found->train_count = 60000, found->test_count = 1000;
  found->labels.assign(scene.flow.labels.begin(), scene.flow.labels.begin() + scene.flow.digits);
  found->pictures = scene.digits(static_cast<size_t>(scene.flow.digits));
  for (LabNeighbours* near : {&found->latent, &found->pixels}) {
    if (near == &found->pixels && !scene.complete) break;
    for (int64_t i = 0; i < scene.flow.digits; ++i) {
      for (int64_t rank = 0; rank < 5; ++rank) {
        near->index.push_back(1000 * i + rank);
        near->distance.push_back(3 + 0.02f * static_cast<float>(i * rank));
        near->labels.push_back(found->labels[static_cast<size_t>(i)]);
        near->pictures.append(found->pictures, static_cast<size_t>(i), 1);
      }
      near->ratio.push_back(3 / (3 + 0.02f * static_cast<float>(i)));
    }
    if (!scene.complete) break;
    for (int i = 0; i < 1000; ++i) near->test_ratio.push_back(0.8f + 0.0002f * static_cast<float>(i));
    near->threshold = 0.802;
  }
  return found;
}

namespace net {

LF_NET_FIELDS(LabNeighbours, index, distance, labels, pictures, ratio, test_ratio, threshold)
LF_NET_FIELDS(LabNearest, samples, k, train_count, test_count, labels, pictures, latent, pixels)
LF_NET_LAB_RESULT(nearest, LabNearest)

}  // namespace net
}  // namespace lf
