// Data that panels keep between frames: textures of the snapshot's images and the zoom of plots and
// maps.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "protocol/snapshot.h"
#include "widgets/image/atlas.h"
#include "widgets/image/mask_picture.h"
#include "widgets/plot/plot.h"
#include "widgets/plot/scatter_map.h"

namespace lf::app::panels {

using namespace widgets;  // pages are written in them

/// Data of the map of the latent space: its layers as one cloud, and the images beside it.
struct LabMapCache {
  std::string key;  ///< of the layers gathered
  uint64_t version = 0;
  std::vector<float> points, particles;
  std::vector<uint8_t> labels;
  ImageAtlas pictures;  ///< under the mouse, pinned A, pinned B
  /// The last position of a pinned digit: while the latents are encoded again it is unknown for a
  /// moment.
  struct Pin {
    int64_t index = -1;
    float x = 0, y = 0;
    int label = -1;
  };
  std::map<std::string, Pin> pins;  ///< by "a" and "b"
};

/// Data of a comparison of up to four models.
struct CompareCache {
  ImageAtlas models[4];        ///< of each: state · digits + digit
  ImageAtlas difference;       ///< of two of them at one state
  std::string difference_key;  ///< what it holds
  uint64_t difference_version = 0;
  std::vector<ScatterPath> paths;  ///< of all their digits
  std::vector<float> seen[4];      ///< of a curve of each: digits seen
};

/// Data of the Runs page: the runs that pass the filter, and the samples of those on screen.
struct RunsCache {
  std::shared_ptr<const RunsBlock> block;  ///< filtered
  std::string key;                         ///< of the filter
  std::vector<size_t> shown;               ///< its result
  ImageAtlas thumbnail_atlas;
  uint64_t thumbnail_version = 0;
  std::vector<size_t> thumbnail_rows;                         ///< runs whose samples it holds
  std::vector<std::shared_ptr<const ImageSheet>> thumbnails;  ///< the samples of each
  std::map<size_t, size_t> first_thumbnail;                   ///< by run, the index of the first
};

struct PanelCache {
  RunsCache runs;
  ImageAtlas flow_images, flow_endpoints;              ///< index: state · digits + digit
  ImageAtlas originals, reconstructions, differences;  ///< index: as in ReconstructionBlock
  ImageAtlas training_pad;                             ///< index: row · states + state of one digit
  std::string training_pad_key;                        ///< what it holds
  CompareCache compared;
  ImageAtlas growth;                             ///< the digits, then index: (look + 1) · digits + digit
  std::vector<float> growth_steps, growth_psnr;  ///< of each look
  // Of the lab's open tool, filled by its panel.
  std::shared_ptr<const LabResult> lab_result;  ///< what the pictures are of
  ImageAtlas lab_states, lab_guesses;           ///< index: state · digits + digit
  ImageAtlas lab_headings;                      ///< index: (kind · states + state) · digits + digit
  ImageAtlas lab_pictures, lab_differences;     ///< index: point · shown + digit; the reference last
  ImageAtlas lab_samples;                       ///< index: sample
  ImageAtlas lab_neighbours;   ///< index: sample · k + rank by latents; followed by the same by pixels
  ImageAtlas lab_typical;      ///< the likeliest digits, then the least likely
  ImageAtlas sweep_samples;    ///< index: run · classes + class; runs without samples are black
  MaskPicture lab_streaks[2];  ///< of the learned field and of the exact one
  LabMapCache lab_map;
  std::map<std::string, PlotState> plots;    ///< by ui-map name
  std::map<std::string, ScatterState> maps;  ///< by ui-map name
  std::vector<ScatterPath> paths;            ///< of the preview's digits
  std::vector<float> particles;              ///< the other points, between two states

  /// Uploads what changed since the last frame; cheap if nothing did.
  void update(const Snapshot& snapshot);

 private:
  void update_growth(const GrowthBlock& growth);
  uint64_t growth_version_ = 0;
};

}  // namespace lf::app::panels
