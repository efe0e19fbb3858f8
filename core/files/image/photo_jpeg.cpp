#include "files/image/photo_jpeg.h"

#include "files/cannot_use.h"

#ifdef LF_HAVE_JPEG
#include <csetjmp>
#include <cstddef>
#include <memory>
// libjpeg needs this order: cstdio before it.
#include <jerror.h>
#include <jpeglib.h>

#include "files/image/photo_reducer.h"
#include "files/image/photo_size.h"
#endif

namespace lf::files {

#ifndef LF_HAVE_JPEG
bool reads_jpeg_rows() { return false; }
Photo read_jpeg_photo(std::FILE*, uint64_t, const std::string& name) {
  cannot_use(name, "this build has no libjpeg");
}
#else
namespace {

/// An image with thousands of scans would take hours to decode; real ones have about ten.
constexpr int kMostScans = 100;
constexpr int kMostShrinking = 8;  ///< libjpeg can decode to an eighth

/// libjpeg calls this on errors. It must not return, so it jumps back to the caller.
struct Trouble {
  jpeg_error_mgr base;
  std::jmp_buf back;
  char message[JMSG_LENGTH_MAX];
  bool ended_early;
};

Trouble& trouble_of(j_common_ptr info) { return *reinterpret_cast<Trouble*>(info->err); }

void stop(j_common_ptr info) {
  Trouble& trouble = trouble_of(info);
  info->err->format_message(info, trouble.message);
  std::longjmp(trouble.back, 1);
}

void warn(j_common_ptr info, int level) {
  if (level < 0 && info->err->msg_code == JWRN_JPEG_EOF) trouble_of(info).ended_early = true;
}

void count_scans(j_common_ptr info) {
  if (!info->is_decompressor) return;
  if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number <= kMostScans) return;
  Trouble& trouble = trouble_of(info);
  std::snprintf(trouble.message, sizeof trouble.message, "it has more than %d scans", kMostScans);
  std::longjmp(trouble.back, 1);
}

/// A row of libjpeg's as red, green, blue and opacity. Photoshop stores CMYK inverted, with a
/// marker.
void to_rgba(const jpeg_decompress_struct& info, const JSAMPLE* row, uint8_t* rgba) {
  for (JDIMENSION x = 0; x < info.output_width; ++x, row += info.output_components, rgba += 4) {
    for (int c = 0; c < 3; ++c) {
      int value = row[info.output_components < 3 ? 0 : c];
      if (info.out_color_space == JCS_CMYK) {
        const int colour = info.saw_Adobe_marker ? value : 255 - value;
        const int black = info.saw_Adobe_marker ? row[3] : 255 - row[3];
        value = (colour * black + 127) / 255;
      }
      rgba[c] = uint8_t(value);
    }
    rgba[3] = 255;
  }
}

/// Everything with a destructor is here, outside of the function that is left by a jump.
struct JpegReading {
  jpeg_decompress_struct info;
  jpeg_progress_mgr progress;
  Trouble trouble;
  std::unique_ptr<PhotoReducer> reducer;
  std::vector<JSAMPLE> row;
  std::vector<uint8_t> rgba;

  ~JpegReading() { jpeg_destroy_decompress(&info); }
};

/// Colours that libjpeg converts to RGB; grey and CMYK stay as they are.
void choose_colours(jpeg_decompress_struct& info) {
  const auto stored = info.jpeg_color_space;
  if (stored == JCS_CMYK || stored == JCS_YCCK)
    info.out_color_space = JCS_CMYK;
  else
    info.out_color_space = stored == JCS_GRAYSCALE ? JCS_GRAYSCALE : JCS_RGB;
}

void choose_scale(jpeg_decompress_struct& info) {
  const int wanted = reduction_of(int(info.image_width), int(info.image_height));
  int shrinking = 1;
  while (shrinking < kMostShrinking && 2 * shrinking <= wanted) shrinking *= 2;
  info.scale_num = 1;
  info.scale_denom = unsigned(shrinking);
}

/// Between these two calls libjpeg may jump: no object with a destructor is created here.
bool read_header(JpegReading& r, std::FILE* file) {
  if (setjmp(r.trouble.back)) return false;
  jpeg_create_decompress(&r.info);
  r.progress.progress_monitor = count_scans;
  r.info.progress = &r.progress;
  jpeg_stdio_src(&r.info, file);
  jpeg_read_header(&r.info, TRUE);
  choose_colours(r.info);
  choose_scale(r.info);
  return true;
}

bool begin(JpegReading& r) {
  if (setjmp(r.trouble.back)) return false;
  jpeg_start_decompress(&r.info);
  return true;
}

bool read_rows(JpegReading& r) {
  if (setjmp(r.trouble.back)) return false;
  JSAMPROW row = r.row.data();
  while (r.info.output_scanline < r.info.output_height) {
    const int y = int(r.info.output_scanline);
    jpeg_read_scanlines(&r.info, &row, 1);
    to_rgba(r.info, r.row.data(), r.rgba.data());
    r.reducer->add(y, 0, 1, r.rgba.data(), int(r.info.output_width));
  }
  return true;
}

[[noreturn]] void refuse_jpeg(const std::string& name, const std::string& why) {
  cannot_use(name, "the JPEG is damaged (" + why + "); save or fetch it again");
}

}  // namespace

bool reads_jpeg_rows() { return true; }

Photo read_jpeg_photo(std::FILE* file, uint64_t file_bytes, const std::string& name) {
  auto reading = std::make_unique<JpegReading>();
  JpegReading& r = *reading;
  r.info = {};
  r.progress = {};
  r.trouble.message[0] = 0;
  r.trouble.ended_early = false;
  r.info.err = jpeg_std_error(&r.trouble.base);
  r.trouble.base.error_exit = stop;
  r.trouble.base.emit_message = warn;
  if (!read_header(r, file)) refuse_jpeg(name, r.trouble.message);
  check_photo_size(r.info.image_width, r.info.image_height, file_bytes, name);
  if (!begin(r)) refuse_jpeg(name, r.trouble.message);
  r.row.resize(size_t(r.info.output_width) * size_t(r.info.output_components));
  r.rgba.resize(size_t(r.info.output_width) * 4);
  r.reducer = std::make_unique<PhotoReducer>(int(r.info.output_width), int(r.info.output_height));
  if (!read_rows(r)) refuse_jpeg(name, r.trouble.message);
  if (r.trouble.ended_early) refuse_jpeg(name, "it ends early");
  return r.reducer->finish();
}
#endif

}  // namespace lf::files
