// Animated WebP, by libwebp: lossless, so that digits keep their grey levels.
#include "base/errors.h"
#include "files/animation/animation_file.h"

#ifdef LF_HAVE_WEBP
#include <webp/encode.h>
#include <webp/mux.h>

#include "files/atomic_write.h"

namespace lf::files {
namespace {

constexpr float kEffort = 30;  ///< of lossless compression, 0 to 100: a frame takes some 20 ms
constexpr int kMethod = 2;

class WebpFile : public AnimationFile {
 public:
  WebpFile(std::filesystem::path path, int milliseconds)
      : path_(std::move(path)), milliseconds_(milliseconds) {
    if (!WebPConfigInit(&config_)) fail("the encoder did not start");
    config_.lossless = 1;
    config_.quality = kEffort;
    config_.method = kMethod;
  }
  ~WebpFile() override { WebPAnimEncoderDelete(encoder_); }
  WebpFile(const WebpFile&) = delete;
  WebpFile& operator=(const WebpFile&) = delete;

  void add(const Image8& frame) override {
    if (!encoder_) begin(frame);
    check_frame(frame, first_);
    const Image8 colour = in_colour(frame);
    Picture picture(colour.width, colour.height);
    if (!WebPPictureImportRGB(&picture.value, colour.pixels.data(), 3 * colour.width))
      fail("not enough memory");
    if (!WebPAnimEncoderAdd(encoder_, &picture.value, time_, &config_))
      fail(WebPAnimEncoderGetError(encoder_));
    time_ += milliseconds_;
  }

  void finish() override {
    if (!encoder_) throw InputError("an animation needs at least one frame");
    if (!WebPAnimEncoderAdd(encoder_, nullptr, time_, nullptr)) fail(WebPAnimEncoderGetError(encoder_));
    WebPData data;
    WebPDataInit(&data);
    if (!WebPAnimEncoderAssemble(encoder_, &data)) fail(WebPAnimEncoderGetError(encoder_));
    const std::unique_ptr<WebPData, decltype(&WebPDataClear)> owner(&data, WebPDataClear);
    write_file_atomically(path_, data.bytes, data.size);
  }

 private:
  /// An image that libwebp frees.
  struct Picture {
    Picture(int width, int height) {
      if (!WebPPictureInit(&value)) throw RunError("cannot make a WebP: the library is of another version");
      value.use_argb = 1;
      value.width = width;
      value.height = height;
    }
    ~Picture() { WebPPictureFree(&value); }
    Picture(const Picture&) = delete;
    Picture& operator=(const Picture&) = delete;
    WebPPicture value{};
  };

  void begin(const Image8& frame) {
    check_frame(frame, frame);
    first_ = {frame.width, frame.height, frame.channels, {}};
    WebPAnimEncoderOptions options;
    if (!WebPAnimEncoderOptionsInit(&options)) fail("the library is of another version");
    options.anim_params.loop_count = 0;  // endless
    encoder_ = WebPAnimEncoderNew(frame.width, frame.height, &options);
    if (!encoder_) fail("not enough memory");
  }
  [[noreturn]] static void fail(const std::string& why) { throw RunError("cannot make a WebP: " + why); }

  std::filesystem::path path_;
  int milliseconds_, time_ = 0;
  WebPConfig config_{};
  WebPAnimEncoder* encoder_ = nullptr;
  Image8 first_;  ///< size and channels alone
};

}  // namespace

std::string webp_problem() { return ""; }

std::unique_ptr<AnimationFile> open_webp(const std::filesystem::path& path, int milliseconds) {
  return std::make_unique<WebpFile>(path, milliseconds);
}

}  // namespace lf::files

#else

namespace lf::files {

std::string webp_problem() {
  return "this build writes no WebPs (it was configured without libwebp); name a .gif, .mp4 or .png";
}

std::unique_ptr<AnimationFile> open_webp(const std::filesystem::path& path, int) {
  throw RunError("cannot write " + path.string() + ": " + webp_problem());
}

}  // namespace lf::files
#endif
