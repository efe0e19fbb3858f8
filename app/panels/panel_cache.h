// What panels keep between frames: textures of the snapshot's pictures and the zoom of plots and maps.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "messages/snapshot.h"
#include "widgets/image_atlas.h"
#include "widgets/mask_picture.h"
#include "widgets/plot.h"
#include "widgets/scatter_map.h"

namespace lf {

struct PanelCache {
  ImageAtlas flow_images, flow_endpoints;              ///< index: state · digits + digit
  ImageAtlas originals, reconstructions, differences;  ///< index: as in ReconstructionBlock
  ImageAtlas lab_states, lab_guesses;                  ///< index: state · digits + digit
  ImageAtlas lab_headings;                             ///< index: (kind · states + state) · digits + digit
  ImageAtlas lab_pictures, lab_differences;            ///< index: point · shown + digit; the reference last
  MaskPicture lab_streaks[2];                          ///< of the learned field and of the exact one
  std::map<std::string, PlotState> plots;              ///< by ui-map name
  std::map<std::string, ScatterState> maps;            ///< by ui-map name
  std::vector<ScatterPath> paths;                      ///< of the preview's digits
  std::vector<float> particles;                        ///< the other points, between two states

  /// Uploads what changed since the last frame; cheap when nothing did.
  void update(const Snapshot& snapshot);

 private:
  void update_lab(const LabBlock& lab);
  uint64_t solvers_version_ = 0;
  std::shared_ptr<const LabField> streaks_of_;
};

}  // namespace lf
