#include "files/digit/paper.h"

#include <algorithm>
#include <cmath>

namespace lf::files {
namespace {

constexpr double kWiderThanStrokes = 1.0 / 3;  ///< of the shorter side

/// Signed: positive if a pixel is darker than its paper, relative to the possible difference. Near
/// black and near white that difference is small and noise would look large: there it is relative
/// to kRoom greys.
float darkness(float pixel, float paper) {
  constexpr float kRoom = 80;
  const float difference = paper - pixel;
  return difference / std::max(difference > 0 ? paper : 255 - paper, kRoom);
}

Plane darkness(const Plane& channel, const Plane& paper) {
  Plane out(channel.width, channel.height);
  for (size_t i = 0; i < out.values.size(); ++i) out.values[i] = darkness(channel.values[i], paper.values[i]);
  return out;
}

/// The factor that reduces a plane so that its longer side has at most so many pixels.
int reduction(const Plane& plane, int side) {
  return std::max(1, (std::max(plane.width, plane.height) + side - 1) / side);
}

/// The mean of the valid pixels around each; 0 if there are none.
Plane mean_around(const Plane& plane, const Mask& valid, int radius) {
  Plane sums(plane.width, plane.height), counts(plane.width, plane.height);
  for (size_t i = 0; i < valid.size(); ++i) {
    sums.values[i] = valid[i] ? plane.values[i] : 0;
    counts.values[i] = valid[i] ? 1 : 0;
  }
  sums = box_blur(sums, radius);
  counts = box_blur(counts, radius);
  for (size_t i = 0; i < valid.size(); ++i) {
    constexpr float kEnough = 0.02f;  // of the square
    sums.values[i] = counts.values[i] > kEnough ? sums.values[i] / counts.values[i] : 0;
  }
  return sums;
}

/// Without pixels near the border: a scanner's edges are no strokes.
Mask without_margin(const Mask& valid, int width, int height) {
  constexpr double kMargin = 0.12;
  const int mx = int(kMargin * width), my = int(kMargin * height);
  Mask inner(valid.size());
  for (int y = my; y < height - my; ++y) {
    for (int x = mx; x < width - mx; ++x) {
      const size_t at = size_t(y) * size_t(width) + size_t(x);
      inner[at] = valid[at];
    }
  }
  return inner;
}

/// Clamped to the values of the masked pixels: anything darker than the ink there must not outweigh
/// it.
void limit_to(Plane& plane, const Mask& mask) {
  std::vector<float> seen;
  for (size_t i = 0; i < mask.size(); ++i) {
    if (mask[i]) seen.push_back(plane.values[i]);
  }
  if (seen.empty()) return;
  const float low = quantile(seen, 0.004), high = quantile(std::move(seen), 0.996);
  for (float& value : plane.values) value = std::clamp(value, low, high);
}

/// Whether ink is darker (1) or lighter (-1) than its paper. A stroke is thin: it differs much from
/// the mean around it, and the paper beside it little. The two sides of a shadow's edge differ
/// equally, a reflection hardly.
float sign_of_ink(const Plane& whole, const Mask& whole_valid) {
  constexpr float kDark = 20;
  const int factor = reduction(whole, 300);
  Plane channel = reduced(whole, factor);
  const Mask valid = reduced(whole_valid, whole.width, whole.height, factor);
  const Mask inner = without_margin(valid, channel.width, channel.height);
  limit_to(channel, inner);
  double balance = 0;
  for (const double scale : {0.04, 0.1, 0.22}) {
    const int radius = std::max(1, int(scale * std::min(channel.width, channel.height)));
    const Plane mean = mean_around(channel, valid, radius);
    for (size_t i = 0; i < inner.size(); ++i) {
      if (!inner[i]) continue;
      const double away = (mean.values[i] - channel.values[i]) / (mean.values[i] + kDark);
      balance += away * away * away;
    }
  }
  return balance < 0 ? -1.0f : 1.0f;
}

/// The ink without the shade around it: the largest value that a square wider than any stroke has
/// everywhere is shade.
Plane without_shade(Plane ink) {
  constexpr float kBrightest = -0.01f;  // a reflection must not make its surroundings look dark
  constexpr int kSoftEdge = 2;          // the edge of a shadow is no thin line of ink
  for (float& value : ink.values) value = std::max(value, kBrightest);
  const int factor = reduction(ink, 400);
  const Plane small = box_blur(reduced(ink, factor), 1);
  const int radius = std::max(1, int(kWiderThanStrokes * std::min(small.width, small.height) / 2));
  const Plane shade = sliding_max(sliding_min(small, radius), radius + kSoftEdge);
  for (int y = 0; y < ink.height; ++y) {
    for (int x = 0; x < ink.width; ++x) ink.at(x, y) -= shade.at(x / factor, y / factor);
  }
  return ink;
}

/// Beside a lamp's reflection, paper and ink are both lighter than elsewhere. With a reflection,
/// ink is measured against the paper next to it.
void measure_nearby(Plane& ink, const Plane& channel, const Mask& valid, float sign) {
  constexpr float kSome = 0.2f, kFaintest = 0.05f;
  const float some = std::max(kFaintest, kSome * quantile(ink.values, 0.995));
  const int factor = reduction(ink, 400);
  const Plane small = reduced(channel, factor), written = sliding_max(reduced(ink, factor), 1);
  Mask paper = reduced(valid, ink.width, ink.height, factor);
  for (size_t i = 0; i < paper.size(); ++i) paper[i] = paper[i] && written.values[i] <= some;
  const Plane nearby = mean_around(small, paper, std::max(2, std::min(small.width, small.height) / 12));
  for (int y = 0; y < ink.height; ++y) {
    for (int x = 0; x < ink.width; ++x) {
      const float around = nearby.at(x / factor, y / factor);
      float& value = ink.at(x, y);
      if (value > some && around > 0) value = std::max(value, sign * darkness(channel.at(x, y), around));
    }
  }
}

/// The paper next to each pixel: as bright as the darkest square wider than any stroke that
/// contains the pixel. Anything wider than a stroke is paper, however dark or bright: a shadow, a
/// reflection, a desk.
Plane paper_nearby(const Plane& channel, const Mask& valid, float sign) {
  Plane towards(channel.width, channel.height);
  const float none = sign > 0 ? 0 : -255;
  for (size_t i = 0; i < valid.size(); ++i) towards.values[i] = valid[i] ? sign * channel.values[i] : none;
  const int factor = reduction(channel, 400);
  const Plane small = box_blur(reduced(towards, factor), 1);
  const int radius = std::max(1, int(kWiderThanStrokes * std::min(small.width, small.height) / 2));
  const Plane paper = sliding_min(sliding_max(small, radius), radius);
  Plane out(channel.width, channel.height);
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) out.at(x, y) = sign * paper.at(x / factor, y / factor);
  }
  return out;
}

/// One channel's ink against the paper next to it.
Plane ink_nearby(const Plane& channel, const Mask& valid, float sign) {
  Plane ink = darkness(channel, paper_nearby(channel, valid, sign));
  for (size_t i = 0; i < valid.size(); ++i) ink.values[i] = valid[i] ? sign * ink.values[i] : 0;
  return ink;
}

/// One channel's ink against its own paper.
Plane ink_in(const Plane& channel, const Mask& valid, InkReading reading) {
  if (reading == InkReading::Nearby) return ink_nearby(channel, valid, sign_of_ink(channel, valid));
  if (reading == InkReading::OppositeNearby) return ink_nearby(channel, valid, -sign_of_ink(channel, valid));
  const float sign = reading == InkReading::Darker    ? 1.0f
                     : reading == InkReading::Lighter ? -1.0f
                                                      : sign_of_ink(channel, valid);
  Plane ink;
  for (const Plane& paper : paper_brightness(channel, valid)) {
    Plane one = darkness(channel, paper);
    for (size_t i = 0; i < one.values.size(); ++i) one.values[i] = valid[i] ? sign * one.values[i] : 0;
    one = without_shade(std::move(one));
    if (ink.values.empty()) ink = one;
    for (size_t i = 0; i < ink.values.size(); ++i) ink.values[i] = std::min(ink.values[i], one.values[i]);
  }
  measure_nearby(ink, channel, valid, sign);
  return ink;
}

/// Grey images have one channel to examine.
bool same_channels(const Sheet& sheet) {
  const auto& first = sheet.channels[0].values;
  return std::all_of(sheet.channels.begin(), sheet.channels.end(),
                     [&](const Plane& channel) { return channel.values == first; });
}

}  // namespace

Plane contrast_to(const Sheet& sheet, const Mask& others, int radius) {
  Plane contrast(sheet.width(), sheet.height()), counts(sheet.width(), sheet.height());
  for (size_t i = 0; i < others.size(); ++i) counts.values[i] = others[i] ? 1 : 0;
  counts = box_blur(counts, radius);
  for (const Plane& channel : sheet.channels) {
    Plane sums(channel.width, channel.height);
    for (size_t i = 0; i < others.size(); ++i) sums.values[i] = others[i] ? channel.values[i] : 0;
    sums = box_blur(sums, radius);
    for (size_t i = 0; i < others.size(); ++i) {
      if (counts.values[i] < 1e-4f) continue;
      const float away = std::fabs(darkness(channel.values[i], sums.values[i] / counts.values[i]));
      contrast.values[i] = std::max(contrast.values[i], away);
    }
  }
  return contrast;
}

Plane ink_on(const Sheet& sheet, InkReading reading) {
  Plane ink;
  const size_t channels = same_channels(sheet) ? 1 : sheet.channels.size();
  for (size_t c = 0; c < channels; ++c) {
    const Plane one = ink_in(sheet.channels[c], sheet.valid, reading);
    if (ink.values.empty()) ink = Plane(one.width, one.height, -1);
    for (size_t i = 0; i < ink.values.size(); ++i) ink.values[i] = std::max(ink.values[i], one.values[i]);
  }
  Mask inner = without_margin(sheet.valid, ink.width, ink.height);
  if (std::none_of(inner.begin(), inner.end(), [](uint8_t pixel) { return pixel != 0; })) inner = sheet.valid;
  std::vector<float> seen;
  for (size_t i = 0; i < inner.size(); ++i) {
    if (inner[i]) seen.push_back(ink.values[i]);
  }
  const float paper = quantile(std::move(seen), 0.5);  // its median: the amount caused by noise alone
  for (size_t i = 0; i < ink.values.size(); ++i) ink.values[i] = sheet.valid[i] ? ink.values[i] - paper : 0;
  return ink;
}

}  // namespace lf::files
