#include "figures/print/save.h"

#include "base/command_words.h"
#include "base/errors.h"
#include "figures/print/paint.h"
#include "figures/print/pdf.h"
#include "figures/print/svg.h"
#include "files/atomic_write.h"
#include "protocol/figure_kinds.h"

namespace lf::figures {
namespace {

std::string ending_of_file(const std::filesystem::path& path) { return path.extension().string(); }

}  // namespace

void check_figure_file(const std::string& what, const std::filesystem::path& path) {
  const std::string ending = ending_of_file(path);
  bool known = false;
  for (const std::string& each : figure_endings()) known = known || each == ending;
  if (!known) throw InputError(what + " " + path.string() + " must end in " + joined_names(figure_endings()));
  if (ending == ".pdf" && !pdf_available())
    throw InputError(what + " " + path.string() +
                     ": this build has no cairo and writes no PDF; name a .svg, .png or .csv");
}

const Palette& palette_for(const std::filesystem::path& path, const PrintForm& form, const Palette& screen) {
  if (!form.palette.empty()) return palette_named(form.palette, screen);
  return ending_of_file(path) == ".png" ? screen : kPrint;
}

void save_figure(const std::filesystem::path& path, const Drawing& drawing, const LabTable& table,
                 int64_t dpi) {
  const std::string ending = ending_of_file(path);
  check_figure_file("figure", path);
  const double scale =
      dpi > 0 ? static_cast<double>(dpi) / 25.4 * drawing.mm_per_unit : drawing.mm_per_unit / kMmPerUnit;
  if (ending == ".csv") return files::write_file_atomically(path, table.csv());
  if (ending == ".svg") return files::write_file_atomically(path, svg_text(drawing));
  if (ending == ".pdf") return files::write_file_atomically(path, pdf_bytes(drawing));
  files::write_png(path, painted(drawing, scale));
}

}  // namespace lf::figures
