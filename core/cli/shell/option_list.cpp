#include "cli/shell/option_list.h"

#include <algorithm>
#include <array>

#include "cli/options/known_values.h"

namespace lf::cli {
namespace {

/// Value names that mean a file or folder.
constexpr std::array kFileWords = {"F", "DIR", "W", "V", "T", "L", "SCRIPT", "MODEL", "RUN", "FILE"};

OptionRow row_of(const CLI::Option& option) {
  OptionRow row;
  row.positional = option.get_positional() && option.get_lnames().empty();
  for (const auto& name : option.get_snames()) row.names.push_back("-" + name);
  for (const auto& name : option.get_lnames()) row.names.push_back("--" + name);
  if (row.positional) row.names = {option.get_name(true)};
  row.meaning = option.get_description();
  if (option.get_type_size() != 0) row.value = option.get_type_name();
  row.values = known_values(option);
  row.required = option.get_required();
  row.repeats = option.get_items_expected_max() > 1;
  return row;
}

CommandRow command_row(const CLI::App& app, const std::string& name) {
  CommandRow row{name, app.get_description(), app.get_footer(), {}};
  for (const CLI::Option* option : app.get_options()) row.options.push_back(row_of(*option));
  return row;
}

std::vector<const OptionRow*> rows_where(const std::vector<OptionRow>& options, bool positional) {
  std::vector<const OptionRow*> rows;
  for (const auto& option : options)
    if (option.positional == positional) rows.push_back(&option);
  return rows;
}

}  // namespace

bool OptionRow::takes_file() const {
  if (!values.empty() || value.empty()) return false;
  return positional || long_name(*this) == "--out" ||
         std::find(kFileWords.begin(), kFileWords.end(), value) != kFileWords.end();
}

std::vector<const OptionRow*> CommandRow::dashed() const { return rows_where(options, false); }

std::vector<const OptionRow*> CommandRow::plain() const { return rows_where(options, true); }

std::vector<CommandRow> command_rows(const CLI::App& app) {
  std::vector<CommandRow> rows{command_row(app, "")};
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; }))
    rows.push_back(command_row(*sub, sub->get_name()));
  return rows;
}

const std::string& long_name(const OptionRow& row) { return row.names.back(); }

std::string with_each(std::string text, const std::string& from, const std::string& to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

}  // namespace lf::cli
