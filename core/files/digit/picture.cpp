#include "files/digit/picture.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>

#include "base/errors.h"
#include "files/cannot_use.h"
#include "files/digit/frame.h"
#include "files/digit/paper.h"
#include "files/digit/search.h"

namespace lf::files {
namespace {

constexpr int kDigitSized = 32;  ///< pixels per side of an image with a training digit's size
constexpr int kMostNotes = 2;

float grey_at(const uint8_t* pixel) {
  if (pixel[0] == pixel[1] && pixel[0] == pixel[2]) return float(pixel[0]) / 255;
  return 0.299f * (float(pixel[0]) / 255) + 0.587f * (float(pixel[1]) / 255) +
         0.114f * (float(pixel[2]) / 255);
}

/// A training digit itself, or its negative: small, opaque, on plain black or white.
std::optional<Plane> digit_sized(const Photo& photo) {
  if (std::max(photo.width, photo.height) > kDigitSized) return std::nullopt;
  Plane grey(photo.width, photo.height);
  std::vector<float> border;
  for (int y = 0; y < photo.height; ++y) {
    for (int x = 0; x < photo.width; ++x) {
      if (photo.pixel(x, y)[3] != 255) return std::nullopt;
      grey.at(x, y) = grey_at(photo.pixel(x, y));
      const bool edge = x == 0 || y == 0 || x == photo.width - 1 || y == photo.height - 1;
      if (edge) border.push_back(grey.at(x, y));
    }
  }
  const float paper = quantile(border, 0.5);
  constexpr float kPlain = 0.04f, kClear = 0.5f;
  if (paper > kPlain && paper < 1 - kPlain) return std::nullopt;
  for (float& value : grey.values) value = paper > 0.5f ? 1 - value : value;
  if (quantile(grey.values, 1) < kClear) return std::nullopt;
  return grey;
}

/// The longer side of a mask's content, and the mean width of its strokes.
struct StrokeSize {
  int side = 0;
  double width = 0;
};

StrokeSize stroke_size(const Mask& mask, int width, int height) {
  int left = width, right = 0, top = height, bottom = 0;
  int64_t area = 0, edge = 0;
  const auto on = [&](int x, int y) {
    return x >= 0 && y >= 0 && x < width && y < height && mask[size_t(y) * size_t(width) + size_t(x)];
  };
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      if (!on(x, y)) continue;
      left = std::min(left, x), right = std::max(right, x + 1);
      top = std::min(top, y), bottom = std::max(bottom, y + 1);
      ++area;
      edge += !on(x - 1, y) || !on(x + 1, y) || !on(x, y - 1) || !on(x, y + 1);
    }
  }
  return {std::max(right - left, bottom - top), 2 * double(area) / double(std::max<int64_t>(1, edge))};
}

/// The number of pixels over which the edge of an enlarged or unfocused stroke fades.
double edge_width(const Plane& ink, const StrokeSize& stroke) {
  const double side = std::max(ink.width, ink.height);
  return std::max({2.0, 0.006 * side, std::min(0.02 * side, 0.2 * stroke.width)});
}

/// Share of its ink that disappears across the edge of the candidate: about 1 for a pen's strokes,
/// small for a shadow or a reflection, which fade.
float sharpness(const Plane& ink, const FoundDigit& digit, const StrokeSize& stroke) {
  const double edge = edge_width(ink, stroke);
  const Mask inside = shrunk(digit.mask, ink.width, ink.height, edge);
  const Mask near = grown(digit.mask, ink.width, ink.height, edge);
  const Mask far = grown(digit.mask, ink.width, ink.height, 2 * edge);
  double within = 0, beyond = 0, inner = 1e-9, outer = 1e-9;
  for (size_t i = 0; i < digit.mask.size(); ++i) {
    if (digit.mask[i] && !inside[i]) within += ink.values[i], ++inner;
    if (far[i] && !near[i]) beyond += ink.values[i], ++outer;
  }
  return float((within / inner - beyond / outer) / digit.level);
}

/// Share of its edge that is visible in the sheet itself. The estimate of the paper may have an
/// edge where the sheet has none, as in the corner of a turned note: such a candidate is no stroke.
double seen_edge(const Sheet& sheet, const Plane& ink, const FoundDigit& digit, const StrokeSize& stroke) {
  const double edge = edge_width(ink, stroke);
  const Mask inside = shrunk(digit.mask, ink.width, ink.height, edge);
  const Mask near = grown(digit.mask, ink.width, ink.height, edge);
  const Mask far = grown(digit.mask, ink.width, ink.height, 3 * edge);
  Mask rim(near.size()), beyond(near.size());
  for (size_t i = 0; i < near.size(); ++i) {
    rim[i] = digit.mask[i] && !inside[i];
    beyond[i] = far[i] && !near[i] && sheet.valid[i];
  }
  const Plane contrast = contrast_to(sheet, beyond, int(4 * edge));
  double all = 1e-9, seen = 0;
  for (size_t i = 0; i < rim.size(); ++i) {
    if (rim[i]) ++all, seen += contrast.values[i] > 0.5f * ink.values[i];
  }
  return seen / all;
}

/// The ink of the digit alone, from 0 to 1, full inside its strokes.
Plane clean_ink(const Plane& ink, const FoundDigit& digit, const StrokeSize& stroke) {
  const float full = 0.9f * digit.level, least = std::min(0.3f * full, 2.5f * digit.noise);
  const double around = std::max(2.0, 0.3 * stroke.width);  // soft edges belong to it
  const Mask near = grown(digit.mask, ink.width, ink.height, around);
  Plane clean(ink.width, ink.height);
  for (size_t i = 0; i < clean.values.size(); ++i) {
    if (near[i]) clean.values[i] = std::clamp((ink.values[i] - least) / (full - least), 0.0f, 1.0f);
  }
  return clean;
}

/// A thin pen's lines would be almost invisible in 28 x 28: they are widened to MNIST's thinnest
/// lines.
void widen(Plane& ink, const StrokeSize& stroke) {
  constexpr double kThinnest = 0.085;  // of the digit's size
  const double radius = (kThinnest * stroke.side - stroke.width) / 2;
  if (radius < 0.5) return;
  Mask written(ink.values.size());
  for (size_t i = 0; i < written.size(); ++i) written[i] = ink.values[i] > 0.5f;
  const auto distances = squared_distances(written, ink.width, ink.height);
  for (size_t i = 0; i < distances.size(); ++i) {
    const auto reached = float(radius + 0.5 - std::sqrt(double(distances[i])));
    ink.values[i] = std::max(ink.values[i], std::clamp(reached, 0.0f, 1.0f));
  }
}

/// The pixels that are not reachable from outside.
Mask filled(const Mask& mask, int width, int height) {
  Mask inside(mask.size(), 1);
  std::vector<size_t> open;
  const auto reach = [&](int x, int y) {
    if (x < 0 || y < 0 || x >= width || y >= height) return;
    const size_t at = size_t(y) * size_t(width) + size_t(x);
    if (mask[at] || !inside[at]) return;
    inside[at] = 0;
    open.push_back(at);
  };
  for (int x = 0; x < width; ++x) reach(x, 0), reach(x, height - 1);
  for (int y = 0; y < height; ++y) reach(0, y), reach(width - 1, y);
  while (!open.empty()) {
    const int x = int(open.back() % size_t(width)), y = int(open.back() / size_t(width));
    open.pop_back();
    reach(x - 1, y), reach(x + 1, y), reach(x, y - 1), reach(x, y + 1);
  }
  return inside;
}

int64_t count(const Mask& mask) {
  return std::count_if(mask.begin(), mask.end(), [](uint8_t pixel) { return pixel != 0; });
}

/// A note on a desk: the candidate is not a stroke but an area, which may be written on. Empty if
/// it is a stroke.
Mask note_of(const Mask& mask, int width, int height) {
  constexpr double kPatch = 0.12, kMost = 0.4, kEdge = 0.03;  // of its size; of its area
  const int side = stroke_size(mask, width, height).side;
  const Mask core = shrunk(mask, width, height, kPatch * side);
  if (count(core) == 0) return {};
  const Mask patch = grown(core, width, height, kPatch * side);
  if (double(count(patch)) < kMost * double(count(mask))) return {};
  const Mask note = shrunk(filled(mask, width, height), width, height, std::max(2.0, kEdge * side));
  return count(note) > 0 ? note : Mask{};
}

/// One reading of a sheet with a candidate, and the confidence that it was written with a pen.
struct Reading {
  Plane ink;
  FoundDigit digit;
  StrokeSize stroke;
  float sharp = 0;
};

/// Reads a sheet in one way. Nothing if the sheet is empty in this reading, or the candidate is too
/// faint or too small.
std::optional<Reading> read_sheet(const Sheet& sheet, InkReading reading, bool on_note, bool& ruled) {
  constexpr float kEvident = 0.25f;  // if the sheet itself suggests another reading
  constexpr float kOnNote = 0.1f;    // above any shadow on an empty note; of its size as well
  constexpr double kSeen = 0.9;      // a stroke's edge is visible all around, except at crossings
  Plane ink = ink_on(sheet, reading);
  const auto digit = find_digit(ink, sheet.valid, ruled);
  if (!digit || (reading != InkReading::Likely && reading != InkReading::Nearby && digit->level < kEvident))
    return std::nullopt;
  const StrokeSize stroke = stroke_size(digit->mask, ink.width, ink.height);
  const bool small = stroke.side < kOnNote * std::max(ink.width, ink.height);
  if (on_note && (digit->level < kOnNote || small)) return std::nullopt;
  if (seen_edge(sheet, ink, *digit, stroke) < kSeen) return std::nullopt;
  const float sharp = sharpness(ink, *digit, stroke);
  return Reading{std::move(ink), *digit, stroke, sharp};
}

std::optional<DigitPixels> digit_on(const Sheet& sheet, int depth);

/// The result of a reading in its frame: strokes, or the writing on the note that it found.
std::optional<DigitPixels> picture_of(const Sheet& sheet, const Reading& reading, int depth) {
  const Plane& ink = reading.ink;
  const Mask note = depth > 0 ? note_of(reading.digit.mask, ink.width, ink.height) : Mask{};
  if (!note.empty()) return digit_on(part_of(sheet, note), depth - 1);
  Plane clean = clean_ink(ink, reading.digit, reading.stroke);
  widen(clean, reading.stroke);
  return framed_digit(clean);
}

/// The image of the first reading with sharp edges, else of the sharpest one that is no shadow. A
/// note or a reflection with nothing on it is skipped. `depth` notes may be on top of each other.
std::optional<DigitPixels> digit_on(const Sheet& sheet, int depth) {
  constexpr float kSharp = 0.6f, kBlurred = 0.5f;
  std::optional<Reading> best;
  bool ruled = false;
  for (const InkReading way : {InkReading::Nearby, InkReading::OppositeNearby, InkReading::Likely,
                               InkReading::Darker, InkReading::Lighter}) {
    if (ruled) break;  // the squares between the lines are not ink
    auto reading = read_sheet(sheet, way, depth < kMostNotes, ruled);
    if (!reading) continue;
    if (reading->sharp >= kSharp) {
      if (auto picture = picture_of(sheet, *reading, depth)) return picture;
    } else if (reading->sharp >= kBlurred && (!best || reading->sharp > best->sharp)) {
      best = std::move(reading);
    }
  }
  return best ? picture_of(sheet, *best, depth) : std::nullopt;
}

}  // namespace

DigitPixels digit_in(const Photo& photo, const std::string& name) {
  if (const auto ready = digit_sized(photo)) return framed_digit(*ready);
  const auto digit = digit_on(sheet_of(photo), kMostNotes);
  if (!digit)
    cannot_use(
        name,
        "the image is empty: nothing differs from its background; draw one digit in it, larger and darker");
  return *digit;
}

DigitPixels read_digit_picture(const std::filesystem::path& path) {
  return digit_in(read_photo(path), path.string());
}

}  // namespace lf::files
