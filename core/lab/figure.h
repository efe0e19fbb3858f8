// How a tool's answer looks on paper: images, plots, bars, matrices and clouds of points in rows, as plain
// values. core/figures/panels draws them.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/image_sheet.h"

namespace lf {

/// What a colour stands for; 0 to 9 are the classes.
enum LabTone : int {
  kToneText = -1,
  kToneFaint = -2,
  kToneBlue = -3,
  kToneAmber = -4,
  kToneGreen = -5,
  kToneViolet = -6,
  kToneRed = -7
};

/// Images of digits, row by row. Names, labels and notes may be empty.
struct LabImages {
  int columns = 10;
  ImageSheet sheet;  ///< (n)
  std::vector<std::string> row_names, column_names;
  std::vector<uint8_t> labels;     ///< (n) the class whose colour underlines an image; 10: none
  std::vector<std::string> notes;  ///< (n) a few characters below each image
};

/// Points joined by a line, or only points. What is not finite leaves a gap.
struct LabCurve {
  std::string name;  ///< in the legend; "" leaves it out
  int tone = kToneText;
  std::vector<float> x, y;
  bool line = true, points = false, dashed = false;
  bool faint = false;  ///< pale, thin and not in the legend: the raw values of a smoothed curve
};

struct LabPlot {
  std::string x_name, y_name;  ///< an x called "t" goes from 0 to 1
  std::vector<LabCurve> curves;
  bool logarithmic_x = false, logarithmic_y = false;
  double x_low = 0, x_high = 0;  ///< visible range where low < high; else what there is
  double y_low = 0, y_high = 0;
};

/// A bar for each name and series, from zero.
struct LabBars {
  struct Series {
    std::string name;
    int tone = kToneBlue;
    std::vector<double> values, errors = {};  ///< errors: half-widths of the whiskers, or empty
  };
  std::string unit;  ///< of the values, below the axis
  std::vector<std::string> names;
  std::vector<Series> series;
  bool logarithmic = false;  ///< bars begin at a power of ten below the smallest value
};

/// A matrix as colours, from white at `low` to blue at `high`.
struct LabMatrix {
  int columns = 1;
  std::vector<float> values;  ///< row by row
  double low = 0, high = 1;
  std::vector<std::string> row_names, column_names;  ///< of each `every` rows and columns
  int every = 1;                                     ///< rows and columns that belong together
  std::string x_name, y_name;
  bool written = false;  ///< each value stands in its cell, as percent
};

/// Points and paths of a plane with the same scale on both axes.
struct LabCloud {
  struct Path {
    int tone = kToneFaint;
    std::vector<float> points;  ///< (n, 2)
    bool arrow = false;         ///< a head at the last point
  };
  std::string x_name, y_name;
  std::vector<float> points;    ///< (n, 2)
  std::vector<uint8_t> labels;  ///< (n) classes; 10 and above: faint
  std::vector<Path> paths = {};
  std::vector<uint8_t> texture = {};  ///< (side, side) greys behind it, from the top; covers ±extent
  double extent = 0;                  ///< shows −extent..extent on both axes; 0: what there is
};

/// One part of a figure with its title; the remark says units and sizes.
struct LabPanel {
  std::string title, remark;
  std::variant<LabImages, LabPlot, LabBars, LabMatrix, LabCloud> content;
  double width = 1;  ///< share of its row
};

struct LabFigure {
  std::string answer;  ///< what was found, in a sentence or two
  std::vector<std::vector<LabPanel>> rows;
};

/// A number with so many places after the point.
std::string fixed_text(double value, int places);
/// "3" for a class, `none` for 10: not conditioned on one.
std::string class_text(uint8_t label, const std::string& none = "");
/// "0" to "9".
std::vector<std::string> class_names();
/// `count` indices of 0 to n − 1, evenly spaced, with both ends.
std::vector<size_t> spread_indices(size_t n, size_t count);
/// The index of the value nearest to `wanted`; 0 where there is none.
size_t nearest_index(const std::vector<float>& values, double wanted);
/// How many of `values` lie in each of `bins` equal parts of low..high, as a share; a curve of steps'
/// middles.
LabCurve histogram_curve(const std::vector<float>& values, double low, double high, int bins);

}  // namespace lf
