// File names of packaged fonts on Debian, Ubuntu, Fedora and Arch, in order of preference.
#include <algorithm>
#include <array>

#include "base/paths.h"
#include "base/user_folders.h"
#include "files/image/font.h"

namespace lf::files {
namespace {

namespace fs = std::filesystem;

constexpr std::array kRegular = {"Inter-Regular.otf",    "Inter-Regular.ttf", "Roboto-Regular.ttf",
                                 "NotoSans-Regular.ttf", "DejaVuSans.ttf",    "LiberationSans-Regular.ttf"};
constexpr std::array kSemibold = {"Inter-SemiBold.otf",    "Inter-SemiBold.ttf",  "Roboto-Medium.ttf",
                                  "NotoSans-SemiBold.ttf", "DejaVuSans-Bold.ttf", "LiberationSans-Bold.ttf"};
constexpr std::array kMono = {"JetBrainsMono-Regular.ttf", "RobotoMono-Regular.ttf",
                              "NotoSansMono-Regular.ttf", "DejaVuSansMono.ttf", "LiberationMono-Regular.ttf"};

std::vector<std::string> names_of(FontStyle style) {
  if (style == FontStyle::kSemibold) return {kSemibold.begin(), kSemibold.end()};
  if (style == FontStyle::kMono) return {kMono.begin(), kMono.end()};
  return {kRegular.begin(), kRegular.end()};
}

}  // namespace

std::optional<fs::path> find_font(FontStyle style) {
  const auto names = names_of(style);
  size_t best_rank = names.size();
  fs::path best;
  for (const fs::path& folder : font_folders()) {
    for (const fs::path& file : files_below(folder)) {
      const auto found = std::find(names.begin(), names.end(), file.filename().string());
      const auto rank = size_t(found - names.begin());
      if (rank >= names.size() || rank > best_rank) continue;
      // Equal names: the first path in order, independent of the order of a folder.
      if (rank < best_rank || file < best) best_rank = rank, best = file;
    }
  }
  if (best.empty()) return std::nullopt;
  return best;
}

}  // namespace lf::files
