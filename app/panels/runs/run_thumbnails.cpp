#include "panels/runs/run_thumbnails.h"

#include <algorithm>

namespace lf::app::panels {

void prepare_run_thumbnails(const PanelContext& c, const std::vector<size_t>& rows) {
  RunsCache& cache = c.cache.runs;
  const std::vector<RunSummary>& runs = c.snapshot.runs->runs;
  std::vector<std::shared_ptr<const ImageSheet>> sheets;
  for (const size_t i : rows) sheets.push_back(runs[i].thumbnail);
  if (rows == cache.thumbnail_rows && sheets == cache.thumbnails) return;
  cache.thumbnail_rows = rows;
  cache.thumbnails = sheets;
  cache.first_thumbnail.clear();
  ImageSheet all;
  for (size_t k = 0; k < rows.size(); ++k) {
    if (!sheets[k]) continue;
    cache.first_thumbnail[rows[k]] = all.count();
    all.append(*sheets[k]);
  }
  if (!all.empty()) cache.thumbnail_atlas.set(all, ++cache.thumbnail_version);
}

void draw_run_thumbnails(const PanelContext& c, const Rect& box, size_t run) {
  const auto found = c.cache.runs.first_thumbnail.find(run);
  if (found == c.cache.runs.first_thumbnail.end()) return;
  const std::shared_ptr<const ImageSheet>& sheet = c.snapshot.runs->runs[run].thumbnail;
  const float side = box.h, gap = c.px(2);
  const auto fit = static_cast<size_t>(std::max(0.0f, (box.w + gap) / (side + gap)));
  const TileLayers layers(c.ui);
  for (size_t k = 0; k < std::min(fit, sheet->count()); ++k) {
    const Rect tile{box.x + static_cast<float>(k) * (side + gap), box.y, side, side};
    digit_tile(c.ui, tile, c.cache.runs.thumbnail_atlas, found->second + k, {});
  }
}

}  // namespace lf::app::panels
