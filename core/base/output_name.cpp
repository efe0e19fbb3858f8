#include "base/output_name.h"

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "base/command_words.h"
#include "base/errors.h"

namespace lf {

void require_ending(const std::string& what, const std::string& path,
                    const std::vector<std::string>& endings) {
  const std::string ending = std::filesystem::path(path).extension().string();
  if (std::find(endings.begin(), endings.end(), ending) != endings.end()) return;
  throw InputError(what + ": " + path + " must end in " + joined_names(endings));
}

bool is_animation(const std::string& path) {
  const std::string ending = std::filesystem::path(path).extension().string();
  return std::find(std::begin(kAnimationEndings), std::end(kAnimationEndings), ending) !=
         std::end(kAnimationEndings);
}

std::vector<std::string> with_animations(std::vector<std::string> endings) {
  endings.insert(endings.end(), std::begin(kAnimationEndings), std::end(kAnimationEndings));
  return endings;
}

}  // namespace lf
