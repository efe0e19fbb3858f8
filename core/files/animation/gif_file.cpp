// Animated GIF: the palette depends on all frames, so they are kept until the end.
#include "files/animation/animation_file.h"
#include "files/image/gif.h"

namespace lf::files {
namespace {

class GifFile : public AnimationFile {
 public:
  GifFile(std::filesystem::path path, int milliseconds)
      : path_(std::move(path)), milliseconds_(milliseconds) {}
  void add(const Image8& frame) override {
    check_frame(frame, frames_.empty() ? frame : frames_.front());
    frames_.push_back(frame);
  }
  void finish() override { write_gif(path_, frames_, milliseconds_, true); }

 private:
  std::filesystem::path path_;
  int milliseconds_;
  std::vector<Image8> frames_;
};

}  // namespace

std::string gif_problem() {
  return gif_available() ? "" : "this build writes no GIFs (it was configured without giflib); name a .png";
}

std::unique_ptr<AnimationFile> open_gif(const std::filesystem::path& path, int milliseconds) {
  return std::make_unique<GifFile>(path, milliseconds);
}

}  // namespace lf::files
