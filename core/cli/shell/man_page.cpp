#include "cli/shell/man_page.h"

#include <array>
#include <sstream>
#include <utility>

#include "base/version.h"

namespace lf::cli {
namespace {

/// Plain text for troff: no line begins with a control character, hyphens stay hyphens.
std::string troff(std::string text) {
  text = with_each(text, "\\", "\\e");
  text = with_each(text, "-", "\\-");
  text = with_each(text, "\n.", "\n\\&.");
  text = with_each(text, "\n'", "\n\\&'");
  return !text.empty() && (text[0] == '.' || text[0] == '\'') ? "\\&" + text : text;
}

std::string bold(const std::string& text) { return "\\fB" + troff(text) + "\\fR"; }
std::string italic(const std::string& text) { return "\\fI" + troff(text) + "\\fR"; }

void write_option(std::ostringstream& page, const OptionRow& option) {
  page << ".TP\n";
  std::string names;
  for (const auto& name : option.names)
    names += (names.empty() ? "" : ", ") + (option.positional ? italic(name) : bold(name));
  page << names << (option.value.empty() || option.positional ? "" : " " + italic(option.value))
       << (option.repeats ? " ..." : "") << "\n"
       << troff(option.meaning) << (option.required ? " (required)" : "") << "\n";
}

void write_options(std::ostringstream& page, const CommandRow& row) {
  for (const auto& option : row.options)
    if (option.names.front() != "-h") write_option(page, option);
}

/// Explanation and examples keep their lines.
void write_plain(std::ostringstream& page, const std::string& text) {
  if (text.find_first_not_of("\n ") == std::string::npos) return;
  page << ".PP\n.nf\n" << troff(text.substr(text.find_first_not_of('\n')));
  page << (text.back() == '\n' ? "" : "\n") << ".fi\n";
}

std::string synopsis_of(const CommandRow& row) {
  std::string line = bold("latentflow " + row.name) + " [options]";
  for (const OptionRow* plain : row.plain()) {
    const std::string word = italic(long_name(*plain)) + (plain->repeats ? " ..." : "");
    line += plain->required ? " " + word : " [" + word + "]";
  }
  return line;
}

using Entry = std::pair<const char*, const char*>;

constexpr std::array kEnvironment{
    Entry{"LATENTFLOW_DATA", "Folder of the four IDX files, searched after --data."},
    Entry{"LATENTFLOW_CACHE", "Folder for downloads (default: $XDG_CACHE_HOME/latentflow)."},
    Entry{"LATENTFLOW_MIRRORS", "Addresses from which MNIST is downloaded, separated by spaces."},
    Entry{"LATENTFLOW_ASSETS", "Folder of the bundled model and classifier."},
    Entry{"LATENTFLOW_MASK_CPU", "Abilities of the processor that are not used, such as avx512_bf16."},
    Entry{"XDG_DATA_HOME, XDG_CONFIG_HOME", "Where runs and the window's state are kept, in latentflow/."},
    Entry{"DISPLAY, WAYLAND_DISPLAY", "The display of the window."}};

constexpr std::array kFiles{
    Entry{"~/.local/share/latentflow/runs/", "Runs: model, checkpoint, curves, report and images of each."},
    Entry{"~/.config/latentflow/state.json", "Size, page, theme and recent files of the window."},
    Entry{"~/.cache/latentflow/", "Downloaded digits."}};

constexpr std::array kExits{Entry{"0", "Done."}, Entry{"1", "Failed while running."},
                            Entry{"2", "Bad input. The reason is one line on standard error."}};

template <size_t N>
void write_section(std::ostringstream& page, const char* title, const std::array<Entry, N>& entries) {
  page << ".SH " << title << "\n";
  for (const auto& [name, meaning] : entries) page << ".TP\n" << bold(name) << "\n" << troff(meaning) << "\n";
}

}  // namespace

std::string man_page(const std::vector<CommandRow>& rows, const std::string& date) {
  std::ostringstream page;
  page << ".TH LATENTFLOW 1 \"" << date << "\" \"latentflow " << kProgramVersion << "\" \"User Commands\"\n"
       << ".nh\n.ad l\n"
       << ".SH NAME\nlatentflow \\- train latent flow matching on handwritten digits and explore it\n"
       << ".SH SYNOPSIS\n"
       << bold("latentflow") << " [options]\n";
  for (const auto& row : rows)
    if (!row.name.empty()) page << ".br\n" << synopsis_of(row) << "\n";
  page << ".SH DESCRIPTION\n"
       << bold(kProgramName) << " "
       << troff(
              "trains an autoencoder and a flow matching model in its latent space, and shows both while "
              "they learn: loss curves, reconstructions, and the trajectory from noise to digit. Without a "
              "subcommand it opens the window. The subcommands do the same work without one.")
       << "\n.PP\nThe processor's fastest arithmetic is chosen when the program starts.\n"
       << ".SH OPTIONS\nOf the window:\n";
  write_options(page, rows.front());
  page << ".SH SUBCOMMANDS\n";
  for (const auto& row : rows) {
    if (row.name.empty()) continue;
    page << ".SS \"latentflow " << troff(row.name) << "\"\n" << troff(row.meaning) << "\n";
    write_options(page, row);
    write_plain(page, row.text);
  }
  write_section(page, "ENVIRONMENT", kEnvironment);
  write_section(page, "FILES", kFiles);
  write_section(page, "EXIT STATUS", kExits);
  page << ".SH EXAMPLES\n";
  write_plain(page, rows.front().text);
  return page.str();
}

}  // namespace lf::cli
