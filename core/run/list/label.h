// What the user wrote about a run: `label.json` in its folder. It needs no lock, and saving a run does not
// touch it.
#pragma once

#include <filesystem>
#include <string>

#include "protocol/snapshot.h"

namespace lf::run {

/// The file of a run folder that holds its label.
inline constexpr const char* kLabelName = "label.json";
/// Where an unreadable label is kept when a new one is written.
inline constexpr const char* kDamagedLabelName = "label.json.damaged";

/// A label as it is stored.
struct StoredLabel {
  RunLabel label;
  std::string problem;  ///< why the file cannot be used; "" if it can, or if there is none
};

/// The label in a run's folder. Never throws: a damaged file is reported, and stays as it is.
StoredLabel read_label(const std::filesystem::path& folder);

/// Writes it; what another version of the program stored beside it stays. An unreadable file is kept under
/// kDamagedLabelName. Throws InputError for a label beyond its limits and for a link in place of the file,
/// RunError if writing fails.
void write_label(const std::filesystem::path& folder, const RunLabel& label);

}  // namespace lf::run
