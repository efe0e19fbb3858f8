// What guidance anatomy would publish.
#pragma once

#include <memory>

#include "lab/guidance/result.h"

namespace lf {

inline std::shared_ptr<const LabGuidance> fake_guidance() {
  auto g = std::make_shared<LabGuidance>();
  g->digits = 10;
  g->t = {0, 0.5f, 1};
  g->weights = {0, 0.5, 1, 1.5, 2, 3, 5, 8};
  g->steps = {1, 2, 4, 8, 16};
  g->guesses.assign(3 * 3 * 10 * 784, 90);
  g->null_norm.assign(30, 0.9f), g->digit_norm.assign(30, 1), g->difference_norm.assign(30, 0.3f);
  g->cosine.assign(30, 0.9f);
  g->pictures.assign(40 * 10 * 784, 120);
  g->seen.assign(40 * 10, 5);
  return g;
}

}  // namespace lf
