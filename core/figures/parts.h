// The single figures; each returns its canvas, so that a test can examine it without a file.
#pragma once

#include <cstdint>
#include <vector>

#include "base/image_sheet.h"
#include "figures/frame.h"
#include "protocol/snapshot.h"

namespace lf::figures {

/// Flow and autoencoder curves side by side.
files::Canvas draw_loss(const LossBlock& loss);
/// Original | reconstruction | difference of up to 30 digits.
files::Canvas draw_reconstructions(const ReconstructionBlock& block);
/// The same of all digits; see write_reconstruction_sheet.
files::Canvas draw_sheet(const ImageSheet& originals, const ImageSheet& reconstructions,
                         const std::vector<uint8_t>& labels);
/// Digits at t = 1, a column for each class.
files::Canvas draw_samples(const FlowBlock& flow);
/// Film strip from noise to digit, and the map with the trajectories.
files::Canvas draw_trajectories(const FlowBlock& flow, const MapBlock& map);
/// The trajectories of the flow over the cloud of encoded digits.
void draw_map(files::Canvas& canvas, Box box, const FlowBlock& flow, const MapBlock& map);

/// A bare grid of digits; see write_sample_grid.
files::Canvas draw_grid(const ImageSheet& images, const std::vector<uint8_t>& labels, int columns);
/// Two to four models on the same noise, and their held-out flow loss. Throws InputError for another number.
files::Canvas draw_comparison(const CompareBlock& block, const std::vector<RunCurves>& curves);
/// Digits over training; see write_training_strip.
files::Canvas draw_training_strip(const std::vector<int64_t>& steps, const ImageSheet& images,
                                  const std::vector<uint8_t>& labels, const std::string& remark);

/// The difference image of two digits on the card's colour: blue where ink was lost, amber where it
/// was added.
void draw_difference(files::Canvas& canvas, const ImageView& original, const ImageView& reconstruction,
                     float x, float y, int side);

}  // namespace lf::figures
