// Animations as GIF files, by giflib.
#pragma once
#include <filesystem>
#include <vector>

#include "files/image/png.h"

namespace lf::files {

/// True when this build can write GIFs.
bool gif_available();

/// Writes an animation atomically. Frames have one size and 1 or 3 channels. Grey ones use a grey
/// palette, colour ones a palette chosen from the frames themselves. delay_ms is rounded to GIF's
/// hundredths of a second (at least 20 ms). Throws InputError for invalid frames, RunError when
/// writing fails or the build has no giflib.
void write_gif(const std::filesystem::path& path, const std::vector<Image8>& frames, int delay_ms, bool loop);

}  // namespace lf::files
