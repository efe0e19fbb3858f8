// The marks on a sheet, and which of them form a digit.
#pragma once
#include "files/digit/plane.h"

namespace lf::files {

/// A connected set of ink pixels.
struct InkMark {
  int left = 0, top = 0, right = 0, bottom = 0;  ///< [left, right) x [top, bottom)
  int64_t pixels = 0;
  int64_t at_edge = 0;    ///< number of its pixels at the edge of the sheet
  int64_t near_edge = 0;  ///< number of its pixels near the edge
  double ink = 0;         ///< sum
  float strongest = 0;

  int width() const { return right - left; }
  int height() const { return bottom - top; }
  int side() const { return width() > height() ? width() : height(); }
};

struct InkMarks {
  int width = 0, height = 0;
  std::vector<int32_t> labels;  ///< 0: no ink; i + 1: of list[i]
  std::vector<InkMark> list;
};

/// The marks of a mask; pixels that touch at a corner, or nearly (gaps of a faint line), are
/// connected. `valid` marks the sheet.
InkMarks find_marks(const Mask& mask, const Plane& ink, const Mask& valid);

/// The roles of a sheet's marks, by their number in the list.
struct InkChoice {
  std::vector<size_t> digit;  ///< the parts of the digit; empty if there is none
  std::vector<size_t> dirt;   ///< specks, a scanner's dark edges
};
InkChoice choose_digit(const InkMarks& marks);

/// Removes ruled lines and squares from a mask: thin, straight, across the whole sheet, more than
/// one. Thicker marks that cross a line stay. Returns the number of lines.
int remove_ruling(Mask& mask, int width, int height);

}  // namespace lf::files
