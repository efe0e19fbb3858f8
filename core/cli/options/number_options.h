// Options with strict numbers: a wrong one gives one line that names option, value and range.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>

namespace lf::cli {

/// An option that holds a whole number from min to max.
CLI::Option* add_integer(CLI::App& app, const std::string& name, int64_t& target, int64_t min, int64_t max,
                         const std::string& help);
/// An option that holds a number from min to max.
CLI::Option* add_number(CLI::App& app, const std::string& name, double& target, double min, double max,
                        const std::string& help);
/// An option that holds a seed, 0 … 2^64 − 1.
CLI::Option* add_seed(CLI::App& app, const std::string& name, uint64_t& target, const std::string& help);

}  // namespace lf::cli
