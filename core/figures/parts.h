// The single figures; each returns its drawing, so that a test can examine it without a file.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/image_sheet.h"
#include "figures/frame.h"
#include "lab/table.h"
#include "protocol/snapshot.h"
#include "protocol/sweep.h"

namespace lf::figures {

/// Flow and autoencoder curves side by side.
Drawing draw_loss(const LossBlock& loss, const Palette& palette = kDark);
/// Original | reconstruction | difference of up to 30 digits.
Drawing draw_reconstructions(const ReconstructionBlock& block, const Palette& palette = kDark);
/// The same of all digits; see write_reconstruction_sheet.
Drawing draw_sheet(const ImageSheet& originals, const ImageSheet& reconstructions,
                   const std::vector<uint8_t>& labels, const Palette& palette = kDark);
/// Digits at the state nearest to t, a column for each class.
Drawing draw_samples(const FlowBlock& flow, double t = 1, const Palette& palette = kDark);
/// Film strip from noise to digit, and the map with the trajectories.
Drawing draw_trajectories(const FlowBlock& flow, const MapBlock& map, const Palette& palette = kDark);
/// The map alone, on a card.
Drawing draw_map_figure(const FlowBlock& flow, const MapBlock& map, const Palette& palette = kDark);
/// The trajectories of the flow over the cloud of encoded digits.
void draw_map(Drawing& canvas, Box box, const FlowBlock& flow, const MapBlock& map);

/// A bare grid of digits; see write_sample_grid.
Drawing draw_grid(const ImageSheet& images, const std::vector<uint8_t>& labels, int columns);
/// Two to four models on the same noise, and their held-out flow loss. Throws InputError for another number.
Drawing draw_comparison(const CompareBlock& block, const std::vector<RunCurves>& curves,
                        const Palette& palette = kDark);
/// Digits over training; see write_training_strip.
Drawing draw_training_strip(const std::vector<int64_t>& steps, const ImageSheet& images,
                            const std::vector<uint8_t>& labels, const std::string& remark,
                            const Palette& palette = kDark);

/// The difference image of two digits on the card's colour: blue where ink was lost, amber where it
/// was added.
void draw_difference(Drawing& canvas, const ImageView& original, const ImageView& reconstruction, float x,
                     float y, int side);

/// The mean FD of each combination of a sweep: a heat map of two settings, a line of one; nothing for other
/// numbers of settings and for more than 24 values.
std::optional<Drawing> draw_sweep(const SweepPlan& plan, const std::vector<SweepRun>& runs,
                                  const Palette& palette = kDark);
LabTable sweep_table(const SweepPlan& plan, const std::vector<SweepRun>& runs);

}  // namespace lf::figures
