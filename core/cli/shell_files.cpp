// latentflow completion: shell completion; latentflow manual: the man page. Both are written from
// the options that the parser knows.
#include <memory>

#include "cli/options/field_options.h"
#include "cli/shell/completion.h"
#include "cli/shell/man_page.h"
#include "cli/subcommand.h"

namespace lf::cli {
namespace {

constexpr const char* kCompletionExamples =
    "Examples:\n"
    "  source <(latentflow completion bash)                             for this shell\n"
    "  latentflow completion zsh > ~/.zfunc/_latentflow                 a folder in zsh's fpath\n"
    "  latentflow completion fish > ~/.config/fish/completions/latentflow.fish\n";

constexpr const char* kManualExamples =
    "Examples:\n"
    "  latentflow manual | man -l -                 reads it\n"
    "  latentflow manual > latentflow.1\n";

using Writer = std::string (*)(const std::vector<CommandRow>& rows);

struct Shell {
  const char* name;
  Writer write;
};

constexpr Shell kShells[] = {{"bash", bash_completion}, {"zsh", zsh_completion}, {"fish", fish_completion}};

std::vector<std::string> shell_names() {
  std::vector<std::string> names;
  for (const Shell& shell : kShells) names.push_back(shell.name);
  return names;
}

int print(Context& context, const std::string& text) {
  context.out << text;
  context.out.flush();
  return 0;
}

}  // namespace

void add_completion(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("completion", "print the completion script of a shell");
  const auto shell = std::make_shared<std::string>();
  add_choice(*sub, "SHELL", *shell, shell_names(), "bash, zsh or fish")->required();
  sub->footer(kCompletionExamples);
  sub->callback([&app, shell, &action] {
    action = [&app, shell](Context& context) {
      Writer write = nullptr;
      for (const Shell& known : kShells)
        if (*shell == known.name) write = known.write;
      return print(context, write(command_rows(app)));
    };
  });
}

void add_manual(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("manual", "print the manual page");
  const auto date = std::make_shared<std::string>();
  sub->add_option("--date", *date, "date of the page, such as 2026-12-01 (default: none)")->type_name("DAY");
  sub->footer(kManualExamples);
  sub->callback([&app, date, &action] {
    action = [&app, date](Context& context) { return print(context, man_page(command_rows(app), *date)); };
  });
}

}  // namespace lf::cli
