#include "panels/panel_cache.h"

namespace lf {

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
}

}  // namespace lf
