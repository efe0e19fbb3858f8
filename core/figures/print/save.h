// Writes a figure as the ending of its file says.
#pragma once

#include <filesystem>
#include <string>

#include "figures/print/drawing.h"
#include "lab/table.h"
#include "protocol/commands.h"

namespace lf::figures {

/// Throws InputError, in words that begin with `what`, unless the ending of `path` is one of .png, .svg, .pdf
/// and .csv that this build writes.
void check_figure_file(const std::string& what, const std::filesystem::path& path);

/// The palette that `form` asks for in such a file: `screen` for a .png, else kPrint, unless it names one.
const Palette& palette_for(const std::filesystem::path& path, const PrintForm& form, const Palette& screen);

/// Writes the drawing, or the table into a .csv. Throws InputError for other endings and for images that are
/// too large, RunError when writing fails.
void save_figure(const std::filesystem::path& path, const Drawing& drawing, const LabTable& table,
                 int64_t dpi = 0);

/// The size and colours of a command that has the fields of fields::print_form.
template <class Command>
PrintForm print_form(const Command& c) {
  return {c.width, c.height, c.dpi, c.palette};
}

}  // namespace lf::figures
