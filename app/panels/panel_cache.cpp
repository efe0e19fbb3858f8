#include "panels/panel_cache.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace lf {

namespace {

/// Peak signal-to-noise ratio of `count` bytes, in dB.
float psnr(const uint8_t* a, const uint8_t* b, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  const double mean = sum / (255.0 * 255.0 * static_cast<double>(std::max<size_t>(1, count)));
  return static_cast<float>(-10 * std::log10(std::max(1e-9, mean)));
}

void set_digits(ImageAtlas& atlas, const std::vector<uint8_t>& pictures, uint64_t version) {
  atlas.set(pictures.data(), pictures.size() / 784, version);
}

std::vector<uint8_t> joined(std::initializer_list<const std::vector<uint8_t>*> parts) {
  std::vector<uint8_t> all;
  for (const auto* part : parts) all.insert(all.end(), part->begin(), part->end());
  return all;
}

}  // namespace

void PanelCache::update(const Snapshot& snapshot) {
  const FlowBlock& flow = *snapshot.flow;
  const size_t pictures = flow.t.size() * static_cast<size_t>(flow.digits);
  if (flow.images.size() == pictures * 784) flow_images.set(flow.images.data(), pictures, flow.version);
  if (flow.endpoints.size() == pictures * 784)
    flow_endpoints.set(flow.endpoints.data(), pictures, flow.version);
  const ReconstructionBlock& r = *snapshot.reconstruction;
  const size_t n = r.labels.size();
  if (r.original.size() == n * 784 && r.reconstruction.size() == n * 784) {
    originals.set(r.original.data(), n, r.version);
    reconstructions.set(r.reconstruction.data(), n, r.version);
    differences.set_difference(r.original.data(), r.reconstruction.data(), n, r.version);
  }
  update_growth(*snapshot.growth);
}

void PanelCache::update_growth(const GrowthBlock& block) {
  const size_t bytes = block.original.size(), looks = block.step.size();
  if (block.version == growth_version_ || block.images.size() != looks * bytes || bytes == 0) return;
  growth_version_ = block.version;
  set_digits(growth, joined({&block.original, &block.images}), block.version);
  growth_steps.assign(block.step.begin(), block.step.end());
  growth_psnr.resize(looks);
  for (size_t i = 0; i < looks; ++i)
    growth_psnr[i] = psnr(block.original.data(), block.images.data() + i * bytes, bytes);
}

}  // namespace lf
