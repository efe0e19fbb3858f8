#include "api/folders.h"

#include <vector>

#include "api/experiment.h"
#include "base/environment.h"
#include "base/paths.h"
#include "base/user_folders.h"

namespace lf {
namespace {

namespace fs = std::filesystem;

bool holds_assets(const fs::path& folder) {
  return path_exists(folder / "judge.safetensors") || path_exists(folder / "README.md");
}

}  // namespace

fs::path find_assets_from(const fs::path& folder) {
  std::vector<fs::path> candidates{folder / "assets", folder.parent_path() / "share" / "latentflow"};
  for (fs::path above = folder; above != above.root_path(); above = above.parent_path()) {
    candidates.push_back(above.parent_path() / "assets");
  }
  for (const auto& candidate : candidates) {
    if (holds_assets(candidate)) return candidate;
  }
  return {};
}

std::string default_assets_folder() {
  const auto named = environment("LATENTFLOW_ASSETS");
  return named.empty() ? find_assets_from(program_folder()).string() : named;
}

std::string default_runs_folder() { return (user_data_folder() / "runs").string(); }

std::string default_judges_folder() { return (user_data_folder() / "judges").string(); }

std::string default_config_folder() { return user_config_folder().string(); }

}  // namespace lf
