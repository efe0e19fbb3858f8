// What the tools of the latent space would publish.
#pragma once

#include <cmath>

#include "lab/drawing/result.h"
#include "lab/interpolation/result.h"
#include "lab/map/result.h"
#include "protocol/snapshot.h"

namespace lf {

inline LabMapCloud fake_cloud(int64_t count) {
  LabMapCloud cloud;
  cloud.total = count;
  for (int64_t i = 0; i < count; ++i) {
    const float angle = 0.628f * static_cast<float>(i % 10), far = 1 + 0.01f * static_cast<float>(i % 37);
    cloud.points.push_back(3 * far * std::cos(angle));
    cloud.points.push_back(3 * far * std::sin(angle));
    cloud.labels.push_back(static_cast<uint8_t>(i % 10));
  }
  const auto pixels = std::make_shared<std::vector<uint8_t>>(static_cast<size_t>(count) * 784, uint8_t{90});
  cloud.pixels = {pixels, pixels->data()};
  return cloud;
}

inline std::shared_ptr<const LabMap> fake_map() {
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

inline std::shared_ptr<const LabInterpolation> fake_interpolation() {
  auto found = std::make_shared<LabInterpolation>();
  found->first = 7, found->second = 8, found->first_label = 3, found->second_label = 1;
  found->ends.assign(2 * 784, 120);
  found->frames = 11;
  for (int i = 0; i < 11; ++i) found->share.push_back(0.1f * static_cast<float>(i));
  for (const char* name : {"latent", "flow", "noise"})
    found->films.push_back({name, std::vector<uint8_t>(11 * 784, 80), std::vector<uint8_t>(11, 3),
                            std::vector<float>(11, 0.7f), 1.1});
  return found;
}

inline std::shared_ptr<const LabDrawing> fake_drawing() {
  auto found = std::make_shared<LabDrawing>();
  found->picture.assign(784, 60);
  found->reconstruction.assign(784, 70);
  found->latent.assign(64, 0.5f);
  found->seen = 2, found->certainty = 0.97;
  for (int i = 0; i < 11; ++i) found->t.push_back(1 - 0.1f * static_cast<float>(i));
  found->way.assign(11 * 784, 80);
  found->noise_length = 0.98;
  found->classes.assign(10 * 784, 90);
  found->classes_seen = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  for (const char* solver : {"rk4", "midpoint", "euler"})
    found->round_trips.push_back({solver, 50, 400, 0.0004});
  return found;
}

}  // namespace lf
