#include "figures/animation.h"

#include "base/errors.h"

namespace lf::figures {
namespace {

constexpr int kFrameMilliseconds = 80;
constexpr size_t kRestFrames = 16;  // the last frame is shown for so many more

std::unique_ptr<files::AnimationFile> opened(const std::filesystem::path& path) {
  files::require_animation("animation", path);
  const files::AnimationKind* kind = files::animation_kind(path);
  if (!kind) throw InputError("animation " + path.string() + ": must end in .gif, .webp or .mp4");
  return kind->open(path, kFrameMilliseconds);
}

}  // namespace

Animation::Animation(const std::filesystem::path& path, Frames frames)
    : frames_(std::move(frames)), file_(opened(path)) {
  if (frames_.count == 0) throw InputError("animation " + path.string() + ": there are no frames");
}

bool Animation::advance() {
  if (done_ < frames_.count) {
    last_ = frames_.draw(done_);
    file_->add(last_);
    return ++done_ > 0;
  }
  for (size_t i = 0; i < kRestFrames; ++i) file_->add(last_);
  file_->finish();
  ++done_;
  return false;
}

double Animation::progress() const { return double(done_) / double(frames_.count + 1); }

}  // namespace lf::figures
