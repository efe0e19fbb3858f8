#include "experiment/folders.h"

#include <cstdlib>
#include <vector>

#include "experiment/experiment.h"

namespace lf {
namespace {

namespace fs = std::filesystem;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

/// $`variable`, else ~/`below_home`; a machine without a home keeps things in the working folder.
fs::path base_folder(const char* variable, const char* below_home) {
  const fs::path named = environment(variable);
  if (named.is_absolute()) return named;  // the XDG standard ignores relative ones
  const fs::path home = environment("HOME");
  return home.empty() ? fs::current_path() : home / below_home;
}

bool holds_assets(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / "judge.safetensors", ignored) || fs::exists(folder / "README.md", ignored);
}

}  // namespace

fs::path executable_folder() {
  std::error_code error;
  const auto program = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::current_path() : program.parent_path();
}

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
  return named.empty() ? find_assets_from(executable_folder()).string() : named;
}

std::string default_runs_folder() {
  return (base_folder("XDG_DATA_HOME", ".local/share") / "latentflow" / "runs").string();
}

std::string default_judges_folder() {
  return (base_folder("XDG_DATA_HOME", ".local/share") / "latentflow" / "judges").string();
}

std::string default_config_folder() {
  return (base_folder("XDG_CONFIG_HOME", ".config") / "latentflow").string();
}

}  // namespace lf
