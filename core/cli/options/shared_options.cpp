#include "cli/options/shared_options.h"

#include "base/command_words.h"
#include "base/errors.h"
#include "cli/options/checks.h"
#include "cli/options/number_options.h"
#include "config/settings.h"
#include "config/solver_table.h"

namespace lf {

CLI::Option* add_model(CLI::App& app, std::string& target, const std::string& help) {
  const std::string usual = "model file or run folder (default: newest run, then the bundled model)";
  return app.add_option("--model", target, help.empty() ? usual : help)->type_name("F");
}

CLI::Option* add_data(CLI::App& app, std::string& target) {
  return app.add_option("--data", target, "folder of the four IDX files")->type_name("DIR");
}

CLI::Option* add_judge_file(CLI::App& app, std::string& target) {
  return app
      .add_option("--judge", target,
                  "classifier to score with (default: the one stored for the data, then the bundled one)")
      ->type_name("F");
}

CLI::Option* add_split(CLI::App& app, std::string& target) {
  return app.add_option("--split", target, "test (default) or train")->type_name("NAME");
}

CLI::Option* add_solver(CLI::App& app, std::string& target, const std::string& usual) {
  return app.add_option("--solver", target, joined_names(solver_ids()) + " (default " + usual + ")")
      ->type_name("NAME");
}

CLI::Option* add_guidance(CLI::App& app, double& target, const std::string& help) {
  return add_number(app, "--guidance", target, 0, setting_info(&PreviewSettings::guidance).max, help);
}

void check_split(const std::string& name) { check_name("--split", name, {"test", "train"}); }

void check_solver(const std::string& name) {
  if (!name.empty()) check_name("--solver", name, solver_ids());
}

int class_of(const std::string& option, const std::string& text) {
  if (text == "all") return -1;
  if (text.size() == 1 && text[0] >= '0' && text[0] <= '9') return text[0] - '0';
  throw InputError(option + ": '" + text + "' is not a digit; give 0 to 9, or all");
}

}  // namespace lf
