#include "panels/compare/compared_map.h"

#include "panels/compare/models.h"
#include "panels/preview_time.h"
#include "widgets/control/card.h"
#include "widgets/plot/scatter_map.h"

namespace lf::app::panels {
namespace {

constexpr size_t kComparedTracks = 10;  ///< of each model; the others are heads without a track

/// The trajectories of all models, one after the other.
void gather_paths(const PanelContext& c, std::vector<ScatterPath>& paths, const FlowBlock*& first) {
  const auto& models = c.snapshot.compare->models;
  for (size_t m = 0; m < models.size(); ++m) {
    if (!models[m].flow || models[m].flow->points.empty()) continue;
    const FlowBlock& flow = *models[m].flow;
    if (!first) first = &flow;
    const auto n = static_cast<size_t>(flow.particles);
    for (size_t i = 0; i < static_cast<size_t>(flow.digits); ++i) {
      ScatterPath path;
      path.colour = compared_colour(c.theme(), m);
      path.quiet = i >= kComparedTracks && static_cast<int>(i) != c.view.selected;
      for (size_t s = 0; s < flow.t.size(); ++s) {
        const float* point = &flow.points[2 * (s * n + i)];
        path.points.push_back({point[0], point[1]});
      }
      paths.push_back(std::move(path));
    }
  }
}

}  // namespace

void draw_compared_map_card(const PanelContext& c) {
  const CompareBlock& block = *c.snapshot.compare;
  CardSpec spec{"card.compare_map", "Trajectories", "on one map", "", {}};
  if (block.shares_axes)
    spec.answer = "A line per digit in the colour of its model. All of them have the same autoencoder.";
  spec.chips.push_back({{"compare.map.data", "data", "The training digits in the background.", "", ""},
                        c.view.on("compare.map.data", true)});
  const CardBody parts = card(c.ui, c.area, spec);
  if (parts.clicked == 0) c.view.flip("compare.map.data", true);
  if (!block.shares_axes) {
    readout(c.ui, parts.body, {"map.compare", "Trajectories", "", "empty", ""});
    return empty_state(c.ui, parts.body, "No common map",
                       "These models have different autoencoders, so their latents have no common axes. "
                       "A reflow and a branch share the autoencoder of their parent.");
  }
  std::vector<ScatterPath>& paths = c.cache.compared.paths;
  paths.clear();
  const FlowBlock* first = nullptr;
  gather_paths(c, paths, first);
  ScatterSpec map;
  map.info = {"map.compare", "Trajectories",
              "From the common noise to each model's digit, projected onto two axes of the latent. Scroll to "
              "zoom, drag to pan.",
              std::to_string(paths.size()) + " trajectories", ""};
  if (block.map) {
    map.cloud = block.map->points.data();
    map.cloud_labels = block.map->labels.data();
    map.cloud_count = block.map->labels.size();
    map.cloud_version = block.map->version;
  }
  map.show_cloud = c.view.on("compare.map.data", true);
  map.paths = &paths;
  map.state = first ? fractional_state(*first, c.view.t) : 0;
  map.selected = c.view.selected;
  const ScatterResult r = scatter_map(c.ui, parts.body, c.cache.maps["map.compare"], map);
  if (r.clicked && r.hovered >= 0 && first) c.view.selected = r.hovered % static_cast<int>(first->digits);
}

}  // namespace lf::app::panels
