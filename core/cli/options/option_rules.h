// Options that do not go together: none is dropped in silence.
#pragma once

#include <CLI/CLI.hpp>
#include <initializer_list>
#include <string>

namespace lf {

/// Refuses each of `names` where `option` is given too; `why` says what `option` does ("continues the run").
void refuse_beside(const CLI::App& app, const std::string& option, const std::string& why,
                   std::initializer_list<const char*> names);

/// Refuses `option` where `needed` is not given; `why` says what `option` is for.
void refuse_without(const CLI::App& app, const std::string& option, const std::string& needed,
                    const std::string& why);

/// Refuses `option` (a number of steps or evaluations) beside a solver that chooses its own steps.
void refuse_with_adaptive_solver(const CLI::App& app, const std::string& option, const std::string& solver);

}  // namespace lf
