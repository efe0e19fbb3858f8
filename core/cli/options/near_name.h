// The name that was probably meant.
#pragma once

#include <string>
#include <vector>

namespace lf::cli {

/// The one of `known` that begins with `word`, or that differs from it by at most two letters
/// (ignoring case and leading dashes); "" if there is none.
std::string near_name(const std::string& word, const std::vector<std::string>& known);

}  // namespace lf::cli
