// The file of a sweep: its plan as JSON, read strictly.
#pragma once

#include <string>

#include "config/sweep.h"

namespace lf::records {

/// Parses a sweep file. "set" holds settings: a value for all runs, a list to compare, or a range {"from",
/// "to", "count", "scale"}; instead of lists, "table" holds a combination per row. "seeds" is a list or
/// {"from", "count"}; "name", "preset", "steps", "seconds" or "epochs", and "median_rule" are optional.
/// Throws InputError "FILE, line 3: …" that names the known keys.
SweepPlan parse_sweep_plan(const std::string& text, const std::string& file);

/// The inverse, indented.
std::string sweep_plan_text(const SweepPlan& plan);

}  // namespace lf::records
