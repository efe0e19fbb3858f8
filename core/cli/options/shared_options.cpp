#include "cli/options/shared_options.h"

#include "base/errors.h"

namespace lf::cli {

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

CLI::Option* add_tensorboard(CLI::App& app, std::string& target) {
  return app
      .add_option("--tensorboard", target,
                  "folder for TensorBoard: curves, scores and images of each run, written while it trains")
      ->type_name("DIR");
}

int class_of(const std::string& option, const std::string& text) {
  if (text == "all") return -1;
  if (text.size() == 1 && text[0] >= '0' && text[0] <= '9') return text[0] - '0';
  throw InputError(option + ": '" + text + "' is not a digit; give 0 to 9, or all");
}

}  // namespace lf::cli
