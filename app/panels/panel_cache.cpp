#include "panels/panel_cache.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "base/image_sheet.h"

namespace lf::app::panels {

namespace {

/// Peak signal-to-noise ratio of two sheets of the same images, in dB.
float psnr(const ImageSheet& one, const ImageSheet& other) {
  const std::vector<uint8_t>&a = one.bytes, &b = other.bytes;
  const size_t count = a.size();
  double sum = 0;
  for (size_t i = 0; i < count; ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  const double mean = sum / (255.0 * 255.0 * static_cast<double>(std::max<size_t>(1, count)));
  return static_cast<float>(-10 * std::log10(std::max(1e-9, mean)));
}

}  // namespace

void PanelCache::update(const Snapshot& snapshot) {
  const FlowBlock& flow = *snapshot.flow;
  const size_t pictures = flow.t.size() * static_cast<size_t>(flow.digits);
  if (flow.images.holds(pictures)) flow_images.set(flow.images, flow.version);
  if (flow.endpoints.holds(pictures)) flow_endpoints.set(flow.endpoints, flow.version);
  const ReconstructionBlock& r = *snapshot.reconstruction;
  const size_t n = r.labels.size();
  if (r.original.holds(n) && r.reconstruction.holds(n)) {
    originals.set(r.original, r.version);
    reconstructions.set(r.reconstruction, r.version);
    differences.set_difference(r.original, r.reconstruction, r.version);
  }
  for (size_t i = 0; i < snapshot.compare->models.size() && i < std::size(compared.models); ++i) {
    const auto& model = snapshot.compare->models[i];
    if (model.flow) compared.models[i].set(model.flow->images, model.flow->version);
  }
  update_growth(*snapshot.growth);
}

void PanelCache::update_growth(const GrowthBlock& block) {
  const size_t digits = block.original.count(), looks = block.step.size();
  if (block.version == growth_version_ || !block.images.holds(looks * digits) || digits == 0) return;
  growth_version_ = block.version;
  ImageSheet all = block.original;
  all.append(block.images);
  growth.set(all, block.version);
  growth_steps.assign(block.step.begin(), block.step.end());
  growth_psnr.resize(looks);
  for (size_t i = 0; i < looks; ++i)
    growth_psnr[i] = psnr(block.original, block.images.part(i * digits, digits));
}

}  // namespace lf::app::panels
