#pragma once
#include <string>
#include <vector>

namespace lf {

/// Throws InputError unless `path` ends in one of `endings` (".png"). A script may come from anybody: with
/// this, what `what` writes never takes the place of a file of another kind.
void require_ending(const std::string& what, const std::string& path,
                    const std::vector<std::string>& endings);

}  // namespace lf
