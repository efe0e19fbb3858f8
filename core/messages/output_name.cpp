#include "messages/output_name.h"

#include <algorithm>
#include <filesystem>

#include "messages/command_words.h"
#include "messages/errors.h"

namespace lf {

void require_ending(const std::string& what, const std::string& path,
                    const std::vector<std::string>& endings) {
  const std::string ending = std::filesystem::path(path).extension().string();
  if (std::find(endings.begin(), endings.end(), ending) != endings.end()) return;
  throw InputError(what + ": " + path + " must end in " + joined_names(endings));
}

}  // namespace lf
