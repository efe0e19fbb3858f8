#include "cli/options/option_rules.h"

#include "base/errors.h"

namespace lf::cli {

void refuse_beside(const CLI::App& app, const std::string& option, const std::string& why,
                   std::initializer_list<const char*> names) {
  if (app.count(option) == 0) return;
  for (const char* name : names) {
    if (app.count(name) > 0) throw InputError(option + " " + why + "; leave " + name + " out");
  }
}

void refuse_without(const CLI::App& app, const std::string& option, const std::string& needed,
                    const std::string& why) {
  if (app.count(option) == 0 || app.count(needed) > 0) return;
  throw InputError(option + " " + why + "; name it with " + needed);
}

void refuse_with_adaptive_solver(const CLI::App& app, const std::string& option, const std::string& solver) {
  if (app.count(option) == 0 || solver.rfind("dopri5", 0) != 0) return;
  throw InputError(option + ": " + solver + " chooses its own steps; leave " + option + " out");
}

}  // namespace lf::cli
