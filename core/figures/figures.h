// The figures of a run, and of `sample` and `reconstruct`. Drawn from plain numbers, without
// LibTorch and without a display.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/image_sheet.h"
#include "protocol/commands.h"
#include "protocol/snapshot.h"
#include "protocol/sweep.h"

namespace lf::figures {

/// Draws the content of the snapshot into `folder` (created if missing): loss.png,
/// reconstructions.png, samples.png, trajectories.png and flow.gif (if this build writes GIFs). A
/// block without data gives no figure. The first four also with the endings `also` (".svg", ".pdf",
/// ".csv"), in the colours of print. Returns the paths written. Throws RunError
/// when a file cannot be written.
std::vector<std::string> write_figures(const Snapshot& snapshot, const std::filesystem::path& folder,
                                       const std::vector<std::string>& also = {});

/// A grid of digits with the colour of its label under each. labels: (n) or empty; columns: 0 means 10 for up
/// to 100 digits, else about a square. Throws InputError when sizes disagree or there are no digits.
void write_sample_grid(const std::filesystem::path& path, const ImageSheet& images,
                       const std::vector<uint8_t>& labels, int columns = 0);

/// The same grid as the bytes of a PNG.
std::vector<uint8_t> sample_grid_png(const ImageSheet& images, const std::vector<uint8_t>& labels);

/// Reconstructions: original | reconstruction | difference. labels: (n) or empty. Throws InputError when
/// sizes disagree or there are no digits.
void write_reconstruction_sheet(const std::filesystem::path& path, const ImageSheet& originals,
                                const ImageSheet& reconstructions, const std::vector<uint8_t>& labels);

/// A row for each of the first ten digits, a column for each step; of many steps sixteen. Throws InputError
/// when sizes disagree.
void write_training_strip(const std::filesystem::path& path, const std::vector<int64_t>& steps,
                          const ImageSheet& images, const std::vector<uint8_t>& labels,
                          const std::string& remark, const PrintForm& form = {});

/// Two to four models on the same noise, and their held-out flow loss. Throws InputError for another number.
void write_comparison(const std::filesystem::path& path, const CompareBlock& block,
                      const std::vector<RunCurves>& curves, const PrintForm& form = {});

/// The same as the bytes of a PNG.
std::vector<uint8_t> comparison_png(const CompareBlock& block, const std::vector<RunCurves>& curves);

/// The mean FD of each combination of a sweep: a heat map of two settings, a line of one. False, and no file,
/// for other numbers of settings and for more than 24 values. Throws RunError.
bool write_sweep_figure(const std::filesystem::path& path, const SweepPlan& plan,
                        const std::vector<SweepRun>& runs);

}  // namespace lf::figures
