// What the nearest training digits and the likelihood would publish, made of the fake preview.
#pragma once

#include <cmath>

#include "lab/likelihood/result.h"
#include "lab/nearest/result.h"
#include "protocol/snapshot.h"

namespace lf {

/// `complete` false: pixels are not searched yet, and nothing is known of real digits.
inline std::shared_ptr<const LabNearest> fake_nearest(const FlowBlock& flow, bool complete) {
  auto found = std::make_shared<LabNearest>();
  found->samples = flow.digits, found->k = 5, found->train_count = 60000, found->test_count = 1000;
  found->labels.assign(flow.labels.begin(), flow.labels.begin() + flow.digits);
  const uint8_t* last = flow.images.data() + (flow.t.size() - 1) * static_cast<size_t>(flow.digits) * 784;
  found->pictures.assign(last, last + flow.digits * 784);
  for (LabNeighbours* near : {&found->latent, &found->pixels}) {
    if (near == &found->pixels && !complete) break;
    for (int64_t i = 0; i < flow.digits; ++i) {
      for (int64_t rank = 0; rank < 5; ++rank) {
        near->index.push_back(1000 * i + rank);
        near->distance.push_back(3 + 0.02f * static_cast<float>(i * rank));
        near->labels.push_back(found->labels[static_cast<size_t>(i)]);
        near->pictures.insert(near->pictures.end(), last + i * 784, last + (i + 1) * 784);
      }
      near->ratio.push_back(3 / (3 + 0.02f * static_cast<float>(i)));
    }
    if (!complete) break;
    for (int i = 0; i < 1000; ++i) near->test_ratio.push_back(0.8f + 0.0002f * static_cast<float>(i));
    near->threshold = 0.802;
  }
  return found;
}

inline std::shared_ptr<const LabLikelihood> fake_likelihood(const FlowBlock& flow) {
  auto found = std::make_shared<LabLikelihood>();
  found->planned = 400, found->planned_exact = 200, found->probes = 2;
  for (int i = 0; i < 120; ++i) {
    found->labels.push_back(static_cast<uint8_t>(i % 10));
    found->bits.push_back(1.2f + 0.04f * static_cast<float>(i % 10) + 0.001f * static_cast<float>(i));
    found->error.push_back(0.02f);
  }
  found->exact.assign(found->bits.begin(), found->bits.begin() + 40);
  for (size_t k = 0; k < 10; ++k)
    found->mean[k] = 1.25 + 0.04 * static_cast<double>(k), found->spread[k] = 0.2,
    found->mean_error[k] = 0.02;
  found->mean[9] = std::nan("");
  found->overall = 1.4, found->overall_error = 0.01, found->bias = 0.001, found->rms = 0.02,
  found->correlation = 0.99;
  for (int64_t i = 0; i < 24; ++i) found->most.push_back(i), found->least.push_back(119 - i);
  const uint8_t* last = flow.images.data() + (flow.t.size() - 1) * static_cast<size_t>(flow.digits) * 784;
  found->pictures.assign(last, last + 24 * 784);
  found->pictures.insert(found->pictures.end(), last, last + 24 * 784);
  return found;
}

}  // namespace lf
