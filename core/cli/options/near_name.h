// A name that was probably meant.
#pragma once

#include <string>
#include <vector>

namespace lf {

/// The one of `known` that `word` is a beginning of, or that differs from it by two letters at most (case and
/// leading dashes do not count); "" where there is none.
std::string near_name(const std::string& word, const std::vector<std::string>& known);

}  // namespace lf
