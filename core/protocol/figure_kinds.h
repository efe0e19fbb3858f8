// The figures that can be saved from what is shown of a run or model, and the words for their form.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/axis.h"

namespace lf {

struct FigureCommand;

/// One kind of figure.
struct FigureKind {
  /// What must be known before it can be drawn.
  enum class Needs { Curves, Flow, Map, Reconstructions, Score, Latents, Lab, Compare, Sweep };
  std::string id;       ///< "loss-by-time": as in commands and in names of files
  std::string content;  ///< one line: what it shows
  Needs needs;
  bool plot = false;  ///< one plot with axes: ranges and logarithmic axes apply
  double width = 0;   ///< millimetres, unless a command names a width
};

/// All kinds, in the order of the pages.
const std::vector<FigureKind>& figure_kinds();
/// Throws InputError that lists the kinds.
const FigureKind& figure_kind(const std::string& id);

/// "screen", "print", "grey".
const std::vector<std::string>& palette_names();
/// "linear", "log-y", "log-x", "log".
const std::vector<std::string>& axes_names();
/// ".png", ".svg", ".pdf", ".csv".
const std::vector<std::string>& figure_endings();
/// The endings without ".png", in a list separated by commas, as files are named: ".svg", ".pdf". Throws
/// InputError for other words.
std::vector<std::string> endings_of_list(const std::string& list);

/// Low and high of "LOW:HIGH"; nothing for "". Throws InputError for anything else and unless low < high.
std::optional<AxisRange> range_of_text(const std::string& key, const std::string& text);

/// Throws InputError for an unknown kind or ending, and for ranges of what is not a plot.
void check_figure(const FigureCommand& command);

}  // namespace lf
