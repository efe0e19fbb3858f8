#include "base/output_name.h"

#include <algorithm>
#include <filesystem>

#include "base/command_words.h"
#include "base/errors.h"

namespace lf {

void require_ending(const std::string& what, const std::string& path,
                    const std::vector<std::string>& endings) {
  const std::string ending = std::filesystem::path(path).extension().string();
  if (std::find(endings.begin(), endings.end(), ending) != endings.end()) return;
  throw InputError(what + ": " + path + " must end in " + joined_names(endings));
}

}  // namespace lf
