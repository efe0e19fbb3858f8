#include "lab/drawing/result.h"

#include <sstream>

#include "base/classes.h"
#include "base/errors.h"
#include "base/image_shape.h"
#include "base/image_sheet.h"
#include "base/number_text.h"
#include "lab/tools.h"

namespace lf {
namespace {

LabStrokePoint parse_point(const std::string& word) {
  const auto comma = word.find(',');
  if (comma != std::string::npos) {
    const auto x = parse_number(word.substr(0, comma)), y = parse_number(word.substr(comma + 1));
    if (x && y && *x >= 0 && *x <= kDigitSide && *y >= 0 && *y <= kDigitSide) return {*x, *y};
  }
  throw InputError("strokes: '" + word + "' is not a point; give x,y with both from 0 to 28");
}

}  // namespace

std::vector<std::vector<LabStrokePoint>> parse_strokes(const std::string& text) {
  std::vector<std::vector<LabStrokePoint>> strokes;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line, ';');) {
    std::istringstream words(line);
    std::vector<LabStrokePoint> stroke;
    for (std::string word; words >> word;) stroke.push_back(parse_point(word));
    if (!stroke.empty()) strokes.push_back(std::move(stroke));
  }
  if (strokes.empty()) throw InputError("the board is empty; draw a digit with the mouse");
  return strokes;
}

std::string image_text(const ImageView& image) {
  constexpr const char* kDigits = "0123456789abcdef";
  std::string text;
  for (int i = 0; i < image.shape.pixels(); ++i) {
    text += kDigits[image.pixels[i] >> 4];
    text += kDigits[image.pixels[i] & 15];
  }
  return text;
}

ImageSheet parse_image_text(const std::string& text) {
  const auto value = [](char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
  };
  std::vector<uint8_t> pixels;
  for (size_t i = 0; i + 1 < text.size() && text.size() == kImageTextLength; i += 2) {
    const int high = value(text[i]), low = value(text[i + 1]);
    if (high >= 0 && low >= 0) pixels.push_back(static_cast<uint8_t>(16 * high + low));
  }
  if (2 * pixels.size() != kImageTextLength)
    throw InputError(
        "image: needs 784 grey values of two hexadecimal digits each; opening an image file sets it");
  return ImageSheet(std::move(pixels));
}

LabToolInfo describe_lab_drawing() {
  using Kind = LabArgument::Kind;
  return {kLatentSpacePage,
          "Draw, invert, edit",
          "Which noise generates your handwriting?",
          "Inverts a digit that you draw: the program encodes it and follows the flow backwards to its "
          "noise. From this noise the network generates all ten classes in your handwriting. Draw a seven "
          "with a bar, raise the guidance, or mix in fresh noise, and compare.",
          {{"strokes", Kind::Text, ""},
           {"image", Kind::Text, "", 0, kImageTextLength},
           {"told", Kind::Integer, "-1", -1, kClasses - 1},
           {"guidance", Kind::Number, "1", 0, 8},
           {"noise", Kind::Number, "0", 0, 1}}};
}

LabTable LabDrawing::table() const {
  LabTable table({"solver", "steps", "nfe_both_ways", "round_trip_rms"});
  for (const LabRoundTrip& trip : round_trips) {
    table.row().cell(trip.solver).cell(static_cast<double>(trip.steps));
    table.cell(static_cast<double>(trip.nfe)).cell(trip.error);
  }
  return table;
}

}  // namespace lf
