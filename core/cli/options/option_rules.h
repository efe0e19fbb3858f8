// Options that do not go together: none is silently ignored.
#pragma once

#include <CLI/CLI.hpp>
#include <initializer_list>
#include <string>

namespace lf::cli {

/// Throws for each of `names` that is given together with `option`; `why` says what `option` does
/// ("continues the run").
void refuse_beside(const CLI::App& app, const std::string& option, const std::string& why,
                   std::initializer_list<const char*> names);

/// Throws if `option` is given without `needed`; `why` says what `option` is for.
void refuse_without(const CLI::App& app, const std::string& option, const std::string& needed,
                    const std::string& why);

/// Throws for `option` (a number of steps or evaluations) together with an adaptive solver.
void refuse_with_adaptive_solver(const CLI::App& app, const std::string& option, const std::string& solver);

}  // namespace lf::cli
