#include "files/image/photo_png.h"

#include "base/errors.h"
#include "files/cannot_use.h"

#ifdef LF_HAVE_PNG
#include <png.h>

#include <csetjmp>
#include <memory>

#include "files/image/photo_reducer.h"
#include "files/image/photo_size.h"
#endif

namespace lf::files {

#ifndef LF_HAVE_PNG
bool reads_png_rows() { return false; }
Photo read_png_photo(std::FILE*, uint64_t, const std::string& name) {
  cannot_use(name, "this build has no libpng");
}
#else
namespace {

/// Everything with a destructor is here, outside of the functions that libpng leaves by a jump.
struct PngReading {
  png_structp png = nullptr;
  png_infop info = nullptr;
  std::string problem;
  uint32_t width = 0, height = 0;
  int passes = 1;
  std::unique_ptr<PhotoReducer> reducer;
  std::vector<uint8_t> row;

  ~PngReading() { png_destroy_read_struct(&png, &info, nullptr); }
};

void stop(png_structp png, png_const_charp message) {
  static_cast<PngReading*>(png_get_error_ptr(png))->problem = message;
  png_longjmp(png, 1);
}

void ignore(png_structp, png_const_charp) {}

void read_bytes(png_structp png, png_bytep data, size_t n) {
  auto* file = static_cast<std::FILE*>(png_get_io_ptr(png));
  if (std::fread(data, 1, n, file) != n) png_error(png, "it ends early");
}

/// Any content is converted to eight bits of red, green, blue and opacity.
void choose_pixels(PngReading& r) {
  png_set_expand(r.png);
  png_set_strip_16(r.png);
  png_set_gray_to_rgb(r.png);
  png_set_add_alpha(r.png, 0xFF, PNG_FILLER_AFTER);
}

bool read_header(PngReading& r, std::FILE* file) {
  if (setjmp(png_jmpbuf(r.png))) return false;
  png_set_read_fn(r.png, file, read_bytes);
  png_set_user_limits(r.png, 1'000'000, 1'000'000);
  png_set_chunk_malloc_max(r.png, 4 << 20);  // a text chunk can unpack to gigabytes
  png_set_chunk_cache_max(r.png, 64);
  png_set_crc_action(r.png, PNG_CRC_ERROR_QUIT, PNG_CRC_WARN_DISCARD);
  png_read_info(r.png, r.info);
  r.width = png_get_image_width(r.png, r.info);
  r.height = png_get_image_height(r.png, r.info);
  r.passes = png_get_interlace_type(r.png, r.info) == PNG_INTERLACE_ADAM7 ? 7 : 1;
  return true;
}

/// An interlaced image comes as seven coarser ones; each pixel is stored directly in its place.
bool read_rows(PngReading& r) {
  if (setjmp(png_jmpbuf(r.png))) return false;
  choose_pixels(r);
  png_read_update_info(r.png, r.info);
  const bool whole = r.passes == 1;
  for (int pass = 0; pass < r.passes; ++pass) {
    const uint32_t rows = whole ? r.height : PNG_PASS_ROWS(r.height, pass);
    const uint32_t columns = whole ? r.width : PNG_PASS_COLS(r.width, pass);
    if (columns == 0) continue;
    for (uint32_t i = 0; i < rows; ++i) {
      png_read_row(r.png, r.row.data(), nullptr);
      const int y = int(whole ? i : PNG_ROW_FROM_PASS_ROW(i, pass));
      const int x = whole ? 0 : int(PNG_PASS_START_COL(pass));
      r.reducer->add(y, x, whole ? 1 : 1 << PNG_PASS_COL_SHIFT(pass), r.row.data(), int(columns));
    }
  }
  return true;
}

[[noreturn]] void refuse_png(const std::string& name, const std::string& why) {
  cannot_use(name, "the PNG is damaged (" + why + "); save or fetch it again");
}

}  // namespace

bool reads_png_rows() { return true; }

Photo read_png_photo(std::FILE* file, uint64_t file_bytes, const std::string& name) {
  PngReading r;
  r.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &r, stop, ignore);
  if (r.png) r.info = png_create_info_struct(r.png);
  if (!r.info) throw RunError("cannot read '" + name + "': not enough memory");
  if (!read_header(r, file)) refuse_png(name, r.problem);
  check_photo_size(r.width, r.height, file_bytes, name);
  r.row.resize(size_t(r.width) * 4 + 64);
  r.reducer = std::make_unique<PhotoReducer>(int(r.width), int(r.height));
  if (!read_rows(r)) refuse_png(name, r.problem);
  return r.reducer->finish();
}
#endif

}  // namespace lf::files
