#include "files/image/gif.h"

#include "base/errors.h"

#ifdef LF_HAVE_GIF
#include <gif_lib.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "files/atomic_write.h"
#include "files/image/gif_frames.h"

namespace lf::files {
namespace {

using Bytes = std::vector<uint8_t>;

int append_to_vector(GifFileType* gif, const GifByteType* data, int n) {
  auto& out = *static_cast<Bytes*>(gif->UserData);
  out.insert(out.end(), data, data + n);
  return n;
}

/// giflib's encoder, writing into memory; every failed call becomes an exception.
class GifEncoder {
 public:
  explicit GifEncoder(Bytes& out) {
    int code = 0;
    gif_ = EGifOpen(&out, append_to_vector, &code);
    if (!gif_) throw RunError("cannot make a GIF: the encoder did not start");
    EGifSetGifVersion(gif_, true);  // 89a: animation
  }
  ~GifEncoder() {
    int code = 0;
    if (gif_) EGifCloseFile(gif_, &code);
  }
  GifEncoder(const GifEncoder&) = delete;
  GifEncoder& operator=(const GifEncoder&) = delete;

  void begin(const GifFrames& frames) {
    using Map = std::unique_ptr<ColorMapObject, decltype(&GifFreeMapObject)>;
    Map map(GifMakeMapObject(256, nullptr), GifFreeMapObject);
    if (!map) throw RunError("cannot make a GIF: not enough memory");
    for (int i = 0; i < 256; ++i) {
      const auto& [r, g, b] = frames.palette[size_t(i)];
      map->Colors[i] = {r, g, b};
    }
    check(EGifPutScreenDesc(gif_, frames.width, frames.height, 8, 0, map.get()));
  }

  /// The extension for endless repetition, which every viewer supports.
  void loop() {
    const uint8_t forever[3] = {1, 0, 0};
    check(EGifPutExtensionLeader(gif_, APPLICATION_EXT_FUNC_CODE));
    check(EGifPutExtensionBlock(gif_, 11, "NETSCAPE2.0"));
    check(EGifPutExtensionBlock(gif_, 3, forever));
    check(EGifPutExtensionTrailer(gif_));
  }

  void frame(GifPatch patch, int delay_cs, int transparent) {
    GraphicsControlBlock control{DISPOSE_DO_NOT, false, delay_cs, transparent};
    GifByteType bytes[4];
    EGifGCBToExtension(&control, bytes);
    check(EGifPutExtension(gif_, GRAPHICS_EXT_FUNC_CODE, 4, bytes));
    check(EGifPutImageDesc(gif_, patch.left, patch.top, patch.width, patch.height, false, nullptr));
    for (int y = 0; y < patch.height; ++y) {
      check(EGifPutLine(gif_, patch.indices.data() + size_t(y) * patch.width, patch.width));
    }
  }

  void end() {
    int code = 0;
    if (EGifCloseFile(std::exchange(gif_, nullptr), &code) != GIF_OK) check(GIF_ERROR);
  }

 private:
  static void check(int result) {
    if (result != GIF_OK) throw RunError("cannot make a GIF: the encoder failed");
  }
  GifFileType* gif_ = nullptr;
};

}  // namespace

bool gif_available() { return true; }

void write_gif(const std::filesystem::path& path, const std::vector<Image8>& frames, int delay_ms,
               bool loop) {
  const GifFrames gif = make_gif_frames(frames);
  const int delay_cs =
      std::clamp((delay_ms + 5) / 10, 2, 65535);  // viewers slow anything below 20 ms down to 100
  Bytes bytes;
  GifEncoder encoder(bytes);
  encoder.begin(gif);
  if (loop) encoder.loop();
  for (const GifPatch& patch : gif.patches) encoder.frame(patch, delay_cs, gif.transparent);
  encoder.end();
  write_file_atomically(path, bytes);
}

}  // namespace lf::files

#else

namespace lf::files {

bool gif_available() { return false; }

void write_gif(const std::filesystem::path& path, const std::vector<Image8>&, int, bool) {
  throw RunError("cannot write '" + path.string() +
                 "': this build has no GIF writer (configure with -DLATENTFLOW_GIF=ON, or write .png)");
}

}  // namespace lf::files
#endif
