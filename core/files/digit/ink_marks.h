// What is written on a sheet, mark by mark, and which of it is a digit.
#pragma once
#include "files/digit/plane.h"

namespace lf {

/// Pixels of ink that hang together.
struct InkMark {
  int left = 0, top = 0, right = 0, bottom = 0;  ///< [left, right) x [top, bottom)
  int64_t pixels = 0;
  int64_t at_edge = 0;    ///< of its pixels, those at the edge of the sheet
  int64_t near_edge = 0;  ///< and those not far from it
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

/// The marks of a mask; pixels that touch at a corner, or nearly (gaps of a faint line), hang together.
/// `valid` says where the sheet is.
InkMarks find_marks(const Mask& mask, const Plane& ink, const Mask& valid);

/// What the marks of a sheet are, by their number in the list.
struct InkChoice {
  std::vector<size_t> digit;  ///< the parts of the digit; empty where nothing is one
  std::vector<size_t> dirt;   ///< specks, a scanner's dark edges
};
InkChoice choose_digit(const InkMarks& marks);

/// Takes ruled lines and squares out of a mask: thin, straight, right across the sheet, more than one. Where
/// something thicker crosses a line it stays. Returns how many lines there were.
int remove_ruling(Mask& mask, int width, int height);

}  // namespace lf
