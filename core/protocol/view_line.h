// A view of the window as one line of a script:
// `view page=flow-lab tool=ghost t=0.4 step=1200 digit=7 selected=5 runs=A,B lab.ghost.unlabelled=on`.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/commands.h"

namespace lf {

/// What a view consists of; what a line does not name stays as it is.
struct ViewLine {
  std::string page;                 ///< of the window
  std::string tool;                 ///< of the lab, on its two pages
  std::optional<double> t;          ///< 0 noise … 1 data; written when t does not play
  std::optional<int64_t> step;      ///< of the flow's training; −1, written "now": the present weights
  std::optional<int> digit;         ///< class label of the preview; −1, written "all": all in turn
  std::optional<int64_t> selected;  ///< digit of the preview on the film strip
  std::optional<std::vector<std::string>> runs;  ///< compared ones: paths, or names in the runs folder
  std::string open;                              ///< the run on screen: a path, or a name in the runs folder
  std::map<std::string, std::string> settings;   ///< of the preview, such as preview.seed
  std::map<std::string, std::string> inspect;    ///< digits of the reconstructions: keys of InspectCommand
  std::map<std::string, std::string> switches;   ///< of cards and tools, such as lab.ghost.unlabelled
};

/// The command for `inspect`, whose values may be any text. Throws InputError.
InspectCommand inspect_command(const std::map<std::string, std::string>& inspect);
/// The inverse, without initial values and without the number of digits.
std::map<std::string, std::string> inspect_pairs(const InspectCommand& command);

/// True for the words after `view` that are such a line, not a key and a value.
bool is_view_line(const std::vector<std::string>& words);

/// Reads the words after `view`. Throws InputError that names the word, and what may be there.
ViewLine parse_view_line(const std::vector<std::string>& words);

/// The line, beginning with `view`; parse_view_line() gives the same view.
std::string format_view_line(const ViewLine& view);

/// The settings that belong to a view: all of the preview but its share of the time and its class.
const std::vector<std::string>& view_settings();

}  // namespace lf
