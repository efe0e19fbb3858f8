// The file of a sweep: its plan as JSON, read strictly.
#pragma once

#include <string>

#include "config/sweep.h"

namespace lf::records {

/// Parses a sweep file: "axes" (each a setting with values or a range) or "table" (a combination per row),
/// "seeds", and optionally "name", "preset", "settings", "budget" and "median_rule". Throws InputError
/// "FILE, line 3: …" that names the known keys.
SweepPlan parse_sweep_plan(const std::string& text, const std::string& file);

/// The inverse, indented.
std::string sweep_plan_text(const SweepPlan& plan);

}  // namespace lf::records
