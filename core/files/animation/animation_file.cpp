#include "files/animation/animation_file.h"

#include "base/errors.h"
#include "base/output_name.h"

namespace lf::files {

const std::vector<AnimationKind>& animation_kinds() {
  static const std::vector<AnimationKind> kinds{{kAnimationEndings[0], "GIF", gif_problem, open_gif},
                                                {kAnimationEndings[1], "WebP", webp_problem, open_webp},
                                                {kAnimationEndings[2], "MP4", mp4_problem, open_mp4}};
  return kinds;
}

const AnimationKind* animation_kind(const std::filesystem::path& path) {
  const std::string ending = path.extension().string();
  for (const AnimationKind& kind : animation_kinds())
    if (ending == kind.ending) return &kind;
  return nullptr;
}

void require_animation(const std::string& what, const std::filesystem::path& path) {
  const AnimationKind* kind = animation_kind(path);
  const std::string problem = kind ? kind->problem() : "";
  if (!problem.empty()) throw InputError(what + " " + path.string() + ": " + problem);
}

void check_frame(const Image8& frame, const Image8& first) {
  const auto pixels = size_t(frame.width) * size_t(frame.height) * size_t(frame.channels);
  const bool whole = frame.width > 0 && frame.height > 0 && (frame.channels == 1 || frame.channels == 3) &&
                     frame.pixels.size() == pixels;
  if (!whole) throw InputError("a frame of an animation is empty or not grey or colour");
  if (frame.width != first.width || frame.height != first.height)
    throw InputError("the frames of an animation differ in size");
}

Image8 in_colour(const Image8& frame) {
  if (frame.channels == 3) return frame;
  Image8 colour{frame.width, frame.height, 3, {}};
  colour.pixels.reserve(frame.pixels.size() * 3);
  for (const uint8_t grey : frame.pixels) colour.pixels.insert(colour.pixels.end(), 3, grey);
  return colour;
}

}  // namespace lf::files
