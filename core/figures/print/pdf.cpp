#include "figures/print/pdf.h"

#include "base/errors.h"

#ifdef LF_HAVE_CAIRO
#include <cairo-ft.h>
#include <cairo-pdf.h>

#include <cmath>
#include <memory>

#include "figures/print/paint.h"
#include "files/image/font.h"
#endif

namespace lf::figures {

#ifndef LF_HAVE_CAIRO
bool pdf_available() { return false; }

std::vector<uint8_t> pdf_bytes(const Drawing&) {
  throw RunError("this build has no cairo and writes no PDF; name a .svg, .png or .csv");
}
#else
bool pdf_available() { return true; }

namespace {

constexpr double kPi = 3.14159265358979323846, kPointsPerMm = 72 / 25.4, kPrintDpi = 600;

template <auto release>
struct Releases {
  template <class T>
  void operator()(T* owned) const {
    release(owned);
  }
};
using Surface = std::unique_ptr<cairo_surface_t, Releases<cairo_surface_destroy> >;
using Page = std::unique_ptr<cairo_t, Releases<cairo_destroy> >;

/// The font files that also the painter uses, so that the widths of words agree. Cairo keeps a face until the
/// page is finished: they live as long as the program.
class Faces {
 public:
  static cairo_font_face_t* of(files::FontStyle style) {
    thread_local Faces faces;
    return faces.faces_[size_t(style)];
  }
  Faces(const Faces&) = delete;
  Faces& operator=(const Faces&) = delete;

 private:
  Faces() {
    if (FT_Init_FreeType(&library_) != 0) library_ = nullptr;
    for (const auto style :
         {files::FontStyle::kRegular, files::FontStyle::kSemibold, files::FontStyle::kMono})
      faces_[size_t(style)] = opened(style);
  }
  ~Faces() {
    for (cairo_font_face_t* face : faces_) cairo_font_face_destroy(face);
  }
  cairo_font_face_t* opened(files::FontStyle style) {
    const auto file = files::find_font(style);
    FT_Face face = nullptr;
    if (library_ && file && FT_New_Face(library_, file->c_str(), 0, &face) == 0)
      return cairo_ft_font_face_create_for_ft_face(face, 0);
    return cairo_toy_font_face_create(
        style == files::FontStyle::kMono ? "monospace" : "sans-serif", CAIRO_FONT_SLANT_NORMAL,
        style == files::FontStyle::kSemibold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  }

  FT_Library library_ = nullptr;
  cairo_font_face_t* faces_[3] = {};
};

class PdfWriter {
 public:
  PdfWriter(cairo_t* page, double mm_per_unit) : page_(page), mm_per_unit_(mm_per_unit) {}

  void operator()(const FilledBox& s) {
    outline(s.box, double(s.radius));
    color(s.color);
    cairo_fill(page_);
  }
  void operator()(const Outline& s) {
    const float inset = s.thickness / 2;
    outline({s.box.x + inset, s.box.y + inset, s.box.w - s.thickness, s.box.h - s.thickness},
            double(s.radius - inset));
    stroke(s.color, s.thickness);
  }
  void operator()(const Line& s) {
    bool joined = false;
    for (const files::Point& p : s.points) {
      const bool finite = std::isfinite(p.x) && std::isfinite(p.y);
      if (finite && joined) cairo_line_to(page_, double(p.x), double(p.y));
      if (finite && !joined) cairo_move_to(page_, double(p.x), double(p.y));
      joined = finite;
    }
    stroke(s.color, s.thickness);
  }
  void operator()(const Dot& s) {
    cairo_new_sub_path(page_);
    cairo_arc(page_, double(s.center.x), double(s.center.y), double(s.radius), 0, 2 * kPi);
    color(s.color);
    cairo_fill(page_);
  }
  void operator()(const Cloud& s) {
    image(s.area, painted_cloud(s, kPrintDpi / 25.4 * mm_per_unit_), CAIRO_FILTER_BILINEAR);
  }
  void operator()(const Picture& s) {
    image(s.box, tinted(s),
          s.scaling == files::Scaling::kBilinear ? CAIRO_FILTER_BILINEAR : CAIRO_FILTER_NEAREST);
  }
  void operator()(const Words& s) {
    cairo_set_font_face(page_, Faces::of(s.style.font));
    cairo_set_font_size(page_, double(s.style.size));
    cairo_text_extents_t extents;
    cairo_text_extents(page_, s.text.c_str(), &extents);
    const double share = s.style.align == files::Align::kCenter  ? 0.5
                         : s.style.align == files::Align::kRight ? 1
                                                                 : 0;
    cairo_move_to(page_, double(s.at.x) - share * extents.x_advance, double(s.at.y));
    color(s.style.color);
    cairo_show_text(page_, s.text.c_str());
    cairo_new_path(page_);
  }

 private:
  void color(files::Rgb c) {
    cairo_set_source_rgba(page_, c.r / 255.0, c.g / 255.0, c.b / 255.0, double(c.alpha));
  }
  void stroke(files::Rgb c, float thickness) {
    color(c);
    cairo_set_line_width(page_, double(thickness));
    cairo_stroke(page_);
  }
  /// A rectangle whose corners have this radius.
  void outline(const Box& b, double radius) {
    const double x = double(b.x), y = double(b.y), w = double(b.w), h = double(b.h),
                 r = std::min(radius, std::min(w, h) / 2);
    if (r <= 0) return cairo_rectangle(page_, x, y, w, h);
    cairo_new_sub_path(page_);
    cairo_arc(page_, x + w - r, y + r, r, -kPi / 2, 0);
    cairo_arc(page_, x + w - r, y + h - r, r, 0, kPi / 2);
    cairo_arc(page_, x + r, y + h - r, r, kPi / 2, kPi);
    cairo_arc(page_, x + r, y + r, r, kPi, 1.5 * kPi);
    cairo_close_path(page_);
  }
  void image(const Box& b, const files::Image8& pixels, cairo_filter_t filter);

  cairo_t* page_;
  double mm_per_unit_;
};

/// Cairo's pixels: colours multiplied by their opacity, 0xAARRGGBB.
uint32_t cairo_pixel(const uint8_t* p, int channels) {
  const uint32_t a = channels == 4 ? p[3] : 255;
  const auto part = [a](uint8_t value) { return (uint32_t(value) * a + 127) / 255; };
  return a << 24 | part(p[0]) << 16 | part(p[1]) << 8 | part(p[2]);
}

void PdfWriter::image(const Box& b, const files::Image8& pixels, cairo_filter_t filter) {
  const Surface surface(cairo_image_surface_create(
      pixels.channels == 4 ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24, pixels.width, pixels.height));
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS)
    throw RunError("an image of a PDF could not be made: out of memory");
  unsigned char* rows = cairo_image_surface_get_data(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  for (int y = 0; y < pixels.height; ++y) {
    auto* row = reinterpret_cast<uint32_t*>(rows + ptrdiff_t(y) * stride);
    for (int x = 0; x < pixels.width; ++x)
      row[x] = cairo_pixel(
          &pixels.pixels[(size_t(y) * size_t(pixels.width) + size_t(x)) * size_t(pixels.channels)],
          pixels.channels);
  }
  cairo_surface_mark_dirty(surface.get());
  cairo_save(page_);
  cairo_translate(page_, double(b.x), double(b.y));
  cairo_scale(page_, double(b.w) / pixels.width, double(b.h) / pixels.height);
  cairo_set_source_surface(page_, surface.get(), 0, 0);
  cairo_pattern_set_filter(cairo_get_source(page_), filter);
  cairo_pattern_set_extend(cairo_get_source(page_), CAIRO_EXTEND_PAD);
  cairo_rectangle(page_, 0, 0, pixels.width, pixels.height);
  cairo_fill(page_);
  cairo_restore(page_);
}

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int n) {
  auto& all = *static_cast<std::vector<uint8_t>*>(bytes);
  all.insert(all.end(), data, data + n);
  return CAIRO_STATUS_SUCCESS;
}

void require(cairo_status_t status) {
  if (status != CAIRO_STATUS_SUCCESS)
    throw RunError(std::string("the PDF could not be made: ") + cairo_status_to_string(status));
}

}  // namespace

std::vector<uint8_t> pdf_bytes(const Drawing& drawing) {
  const double scale = drawing.mm_per_unit * kPointsPerMm;
  std::vector<uint8_t> bytes;
  const Surface surface(cairo_pdf_surface_create_for_stream(append, &bytes, double(drawing.width()) * scale,
                                                            double(drawing.height()) * scale));
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, drawing.title.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "Latent Flow Explorer");
  const Page page(cairo_create(surface.get()));
  cairo_scale(page.get(), scale, scale);
  cairo_set_line_cap(page.get(), CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(page.get(), CAIRO_LINE_JOIN_ROUND);
  PdfWriter writer(page.get(), drawing.mm_per_unit);
  writer(FilledBox{{0, 0, drawing.width(), drawing.height()}, drawing.palette().window, 0});
  for (const Shape& shape : drawing.shapes()) std::visit(writer, shape);
  cairo_show_page(page.get());
  require(cairo_status(page.get()));
  cairo_surface_finish(surface.get());
  require(cairo_surface_status(surface.get()));
  return bytes;
}
#endif

}  // namespace lf::figures
