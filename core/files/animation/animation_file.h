// A file of moving pictures, written frame by frame: animated GIF, animated WebP or MP4.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "files/image/png.h"

namespace lf::files {

/// Writes one file. The old file stays, and no part of a new one, until finish() returns; without
/// finish() nothing remains.
class AnimationFile {
 public:
  virtual ~AnimationFile() = default;
  /// Appends a frame: of the size of the first, with 1 or 3 channels. Throws InputError for others,
  /// RunError when writing fails.
  virtual void add(const Image8& frame) = 0;
  /// Completes the file; call once, after at least one frame. Throws as add().
  virtual void finish() = 0;
};

/// A kind of such files.
struct AnimationKind {
  const char* ending;  ///< one of kAnimationEndings
  const char* name;    ///< "GIF"
  /// Why none can be written here and what to do about it; "" if it can.
  std::string (*problem)();
  /// Opens one. milliseconds: of each frame. It repeats endlessly where the kind can say so.
  std::unique_ptr<AnimationFile> (*open)(const std::filesystem::path& path, int milliseconds);
};

/// All kinds: GIF, WebP, MP4.
const std::vector<AnimationKind>& animation_kinds();
/// The kind that a path's ending names; null for other endings.
const AnimationKind* animation_kind(const std::filesystem::path& path);
/// Throws InputError, which begins with `what`, if files of the path's kind cannot be written here.
/// Any other ending is accepted.
void require_animation(const std::string& what, const std::filesystem::path& path);

/// Throws InputError for a frame that is empty, has another size than `first` or other channels than 1 and 3.
void check_frame(const Image8& frame, const Image8& first);

/// The frame with three channels.
Image8 in_colour(const Image8& frame);

std::string gif_problem();
std::string webp_problem();
std::string mp4_problem();
std::unique_ptr<AnimationFile> open_gif(const std::filesystem::path& path, int milliseconds);
std::unique_ptr<AnimationFile> open_webp(const std::filesystem::path& path, int milliseconds);
std::unique_ptr<AnimationFile> open_mp4(const std::filesystem::path& path, int milliseconds);

}  // namespace lf::files
