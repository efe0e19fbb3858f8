#include "widgets/text/fonts.h"

#ifdef LATENTFLOW_FREETYPE
#include <imgui_freetype.h>
#endif

#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <vector>

#include "base/user_folders.h"

namespace lf::app::widgets {
namespace {

/// Weights of the sans and the mono, each with its possible files, best first.
struct Family {
  const char* role;
  std::vector<const char*> files;
};
const Family kRegular{
    "sans",
    {"opentype/inter/Inter-Regular.otf", "truetype/inter/Inter-Regular.ttf",
     "truetype/roboto/unhinted/RobotoTTF/Roboto-Regular.ttf", "truetype/dejavu/DejaVuSans.ttf"}};
const Family kSemibold{
    "semibold",
    {"opentype/inter/Inter-SemiBold.otf", "truetype/inter/Inter-SemiBold.ttf",
     "truetype/roboto/unhinted/RobotoTTF/Roboto-Medium.ttf", "truetype/dejavu/DejaVuSans-Bold.ttf"}};
const Family kMono{
    "mono", {"truetype/jetbrains-mono/JetBrainsMono-Regular.ttf", "truetype/dejavu/DejaVuSansMono.ttf"}};
const Family kFallback{"signs", {"truetype/dejavu/DejaVuSans.ttf"}};

/// First existing file of the family; "" if there is none.
std::string find_file(const Family& family) {
  static const auto roots = font_folders();
  for (const char* file : family.files) {
    for (const auto& root : roots) {
      const auto path = root / file;
      if (access(path.c_str(), R_OK) == 0) return path.string();
    }
  }
  return "";
}

// Latin, Greek, punctuation, super- and subscripts, arrows, mathematics, shapes, check marks.
const ImWchar kWords[] = {0x0020, 0x017F, 0x0391, 0x03C9, 0x2010, 0x2044, 0x2070, 0x209C, 0x2190,
                          0x21BA, 0x2202, 0x226B, 0x25A0, 0x25E6, 0x2713, 0x2718, 0};
const ImWchar kFigures[] = {0x0020, 0x007E, 0x00B0, 0x00D7, 0x03B1, 0x03C9, 0x2013, 0x2026,
                            0x2190, 0x2193, 0x2212, 0x221E, 0x2248, 0x2265, 0};
const ImWchar kSigns[] = {0x2010, 0x2044, 0x2070, 0x209C, 0x2190, 0x21BA, 0x2202,
                          0x226B, 0x25A0, 0x25E6, 0x2713, 0x2718, 0};

void choose_rasteriser(ImFontAtlas& atlas) {
#if defined(LATENTFLOW_FREETYPE) && IMGUI_VERSION_NUM < 19200
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
#else
  (void)atlas;
#endif
}

ImFont* add_font(ImFontAtlas& atlas, const Family& family, float size, const ImWchar* ranges) {
  ImFontConfig config;
  config.OversampleH = config.OversampleV = 1;
  config.PixelSnapH = true;
#ifdef LATENTFLOW_FREETYPE
  config.RasterizerMultiply = 1.0f;
#endif
  const std::string file = find_file(family);
  if (file.empty()) {
    config.SizePixels = size;
    return atlas.AddFontDefault(&config);
  }
  return atlas.AddFontFromFileTTF(file.c_str(), size, &config, ranges);
}

/// Adds the characters that the previous face lacks.
void merge_signs(ImFontAtlas& atlas, float size) {
  const std::string file = find_file(kFallback);
  if (file.empty()) return;
  ImFontConfig config;
  config.MergeMode = true;
  config.OversampleH = config.OversampleV = 1;
  config.PixelSnapH = true;
  atlas.AddFontFromFileTTF(file.c_str(), size, &config, kSigns);
}

}  // namespace

Fonts load_fonts(float scale) {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Clear();
  atlas.Flags |= ImFontAtlasFlags_NoMouseCursors;
  choose_rasteriser(atlas);
  struct Row {
    const Family& family;
    float size;
    const ImWchar* ranges;
    bool signs;
  };
  // In the order of `Type`.
  const Row table[] = {{kRegular, 13.5f, kWords, true}, {kSemibold, 13.5f, kWords, true},
                       {kRegular, 12.5f, kWords, true}, {kSemibold, 15.5f, kWords, true},
                       {kMono, 12.5f, kFigures, false}, {kMono, 11.5f, kFigures, false},
                       {kMono, 27, kFigures, false}};
  Fonts fonts;
  for (size_t i = 0; i < fonts.faces.size(); ++i) {
    const float size = std::round(table[i].size * scale);
    fonts.faces[i] = {add_font(atlas, table[i].family, size, table[i].ranges), size};
    if (table[i].signs) merge_signs(atlas, size);
  }
  atlas.Build();
  return fonts;
}

std::string font_description() {
  std::string text;
  for (const Family* family : {&kRegular, &kSemibold, &kMono}) {
    const std::string file = find_file(*family);
    text += (text.empty() ? "" : ", ") +
            (file.empty() ? "ImGui's own" : std::filesystem::path(file).stem().string());
  }
  return text;
}

}  // namespace lf::app::widgets
