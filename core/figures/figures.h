// The pictures that a run leaves behind and that `sample` and `reconstruct` write. Drawn from plain numbers,
// without torch and without a display.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "protocol/snapshot.h"

namespace lf {

/// Draws what the snapshot has into `folder` (made where it is missing): loss.png, reconstructions.png,
/// samples.png, trajectories.png and flow.gif (where this build writes GIFs). A block without data gives no
/// picture. Returns the paths written, in this order. Throws RunError when a file cannot be written.
std::vector<std::string> write_figures(const Snapshot& snapshot, const std::filesystem::path& folder);

/// A grid of digits with the colour of its label under each. images: (n, 784), labels: (n) or empty; columns:
/// 0 takes 10 for up to 100 digits, else about a square. Throws InputError when sizes disagree or nothing is
/// there.
void write_sample_grid(const std::filesystem::path& path, const std::vector<uint8_t>& images,
                       const std::vector<uint8_t>& labels, int columns = 0);

/// Digits through the bottleneck: original | reconstruction | difference. originals and reconstructions: (n,
/// 784), labels: (n) or empty. Throws InputError when sizes disagree or nothing is there.
void write_reconstruction_sheet(const std::filesystem::path& path, const std::vector<uint8_t>& originals,
                                const std::vector<uint8_t>& reconstructions,
                                const std::vector<uint8_t>& labels);

/// The grid of digits while t goes from 0 to 1, holding on the last picture. t: (S) ascending; images: (S, n,
/// 784); labels: (n) or empty. Throws InputError when sizes disagree, RunError when this build writes no
/// GIFs.
void write_flow_gif(const std::filesystem::path& path, const std::vector<float>& t,
                    const std::vector<uint8_t>& images, const std::vector<uint8_t>& labels, int columns = 0);

}  // namespace lf
