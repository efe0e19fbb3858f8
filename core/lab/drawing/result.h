// Result of "draw, invert, edit".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/image_shape.h"
#include "base/image_sheet.h"
#include "lab/result.h"

namespace lf {

/// A point of a stroke, pixels of the 28×28 image.
struct LabStrokePoint {
  double x = 0, y = 0;
};

/// Strokes as text: points "x,y" separated by spaces, strokes by ';'. InputError for anything else, for
/// points outside [0, 28] and for an empty drawing.
std::vector<std::vector<LabStrokePoint>> parse_strokes(const std::string& text);

inline constexpr size_t kImageTextLength = 2 * kDigitPixels;

/// The greys of an image as text: two hexadecimal digits for each, 255 is ink.
std::string image_text(const ImageView& image);
/// The digit of such a text. InputError for anything else.
ImageSheet parse_image_text(const std::string& text);

/// A two, the initial drawing.
constexpr const char* kSampleStrokes =
    "8.5,9 10,6.5 13,5.2 16.5,5.6 19,7.8 19.2,11 17.5,14 14.5,17 11,20 8.2,22.6 12,22.2 16,22.2 20.5,22.4";

/// To noise and back by one solver.
struct LabRoundTrip {
  std::string solver;
  int64_t steps = 0;  ///< in each direction; 0 adaptive
  int64_t nfe = 0;    ///< both directions
  double error = 0;   ///< RMS per coordinate of the standardised latent
};

/// A drawing, its inversion to noise, and the ten classes from this noise.
struct LabDrawing : LabResult {
  ImageSheet picture;  ///< of the strokes, centred like the training digits
  ImageSheet reconstruction;
  std::vector<float> latent;  ///< (64) standardised posterior mean
  int seen = -1;              ///< class the judge predicts, used as label for the inversion; −1: none
  double certainty = 0;       ///< its probability
  std::vector<float> t;       ///< (S) from 1 to 0
  ImageSheet way;             ///< (S) decoded states of the trajectory to noise
  double noise_length = 0;    ///< RMS per coordinate of the resulting noise; samples of the prior have 1
  ImageSheet classes;         ///< (kClasses) each class from the same noise; empty: not yet, or unconditional
  std::vector<uint8_t> classes_seen;  ///< (10); empty without a judge
  std::vector<LabRoundTrip> round_trips;

  /// One row per solver.
  LabTable table() const override;
  LabFigure figure() const override;
};

}  // namespace lf
