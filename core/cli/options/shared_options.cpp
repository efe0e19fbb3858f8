#include "cli/options/shared_options.h"

#include <filesystem>

#include "api/experiment.h"
#include "base/errors.h"
#include "base/paths.h"

namespace lf::cli {

std::string run_or_path(const std::string& given) {
  if (given.empty() || path_exists(given) || given.find('/') != std::string::npos) return given;
  const std::filesystem::path stored = std::filesystem::path(default_runs_folder()) / given;
  return is_folder(stored) ? stored.string() : given;
}

CLI::Option* add_model(CLI::App& app, std::string& target, const std::string& help) {
  const std::string usual =
      "model file, run folder or name of a run (default: newest run, then the bundled model)";
  const auto read = [&target](const std::string& text) { target = run_or_path(text); };
  return app.add_option_function<std::string>("--model", read, help.empty() ? usual : help)->type_name("F");
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
