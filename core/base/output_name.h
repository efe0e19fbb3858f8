// A check of the names of output files, before anything is written.
#pragma once
#include <string>
#include <vector>

namespace lf {

/// Throws InputError unless `path` ends in one of `endings` (".png"). A script may come from
/// anyone: this prevents `what` from replacing a file of another kind.
void require_ending(const std::string& what, const std::string& path,
                    const std::vector<std::string>& endings);

/// Endings of moving pictures.
inline constexpr const char* kAnimationEndings[] = {".gif", ".webp", ".mp4"};
/// True for a path with one of them.
bool is_animation(const std::string& path);
/// `endings` followed by those of moving pictures.
std::vector<std::string> with_animations(std::vector<std::string> endings);

}  // namespace lf
