// latentflow lab: the tools of the lab without a window.
#include <algorithm>
#include <memory>
#include <set>

#include "base/assignment.h"
#include "base/command_words.h"
#include "base/errors.h"
#include "base/number_text.h"
#include "base/output_name.h"
#include "cli/job.h"
#include "cli/options/checks.h"
#include "cli/options/field_options.h"
#include "cli/options/known_values.h"
#include "cli/options/option_rules.h"
#include "cli/options/print_options.h"
#include "cli/options/shared_options.h"
#include "cli/subcommand.h"
#include "lab/tools.h"
#include "protocol/figure_kinds.h"

namespace lf::cli {
namespace {

constexpr const char* kLabExplanation =
    "Runs an experiment of the pages Flow lab and Latent space on a model, and writes its result as an\n"
    "image or as a table. Without TOOL: lists the tools and their arguments.\n"
    "\n"
    "Examples:\n"
    "  latentflow lab                                            list of the tools\n"
    "  latentflow lab ghost unlabelled=off --out ghost.png       endpoint estimates of ten digits\n"
    "  latentflow lab time-grid steps=6 solver=heun --out grid.csv\n"
    "  latentflow lab field --out field.pdf --width 85           for print: vectors, 85 mm wide\n"
    "  latentflow lab field --out field.webp                     over t, as an animation\n"
    "  latentflow lab coupling                                   the result in one line, no file\n";

struct LabRunArguments {
  std::string model, data;
  std::vector<std::string> words;  ///< TOOL key=value …
  LabRunCommand command;
  bool json = false, guided = false;
};

/// What an argument takes: "on|off", "0..9", "euler|heun".
std::string range_text(const LabArgument& a) {
  using Kind = LabArgument::Kind;
  if (a.kind == Kind::Switch) return "on|off";
  if (a.kind == Kind::Integer || a.kind == Kind::Number)
    return number_text(a.low) + ".." + number_text(a.high);
  if (a.kind == Kind::Text) return "text";
  std::string all;
  for (const auto& choice : a.choices) all += (all.empty() ? "" : "|") + choice;
  return all;
}

int list_tools(Context& context) {
  for (const LabToolInfo& tool : lab_tools()) {
    std::string line = tool.id;
    line.resize(std::max<size_t>(line.size(), 14), ' ');
    context.out << line << " " << tool.question << "\n";
    for (const LabArgument& a : tool.arguments) {
      context.out << "                 " << a.key << "=" << range_text(a);
      if (*a.initial) context.out << " (default " << a.initial << ")";
      context.out << "\n";
    }
  }
  context.out.flush();
  return 0;
}

/// The tools, and the keys of their arguments.
std::vector<std::string> tool_words() {
  std::vector<std::string> words;
  std::set<std::string> keys;
  for (const LabToolInfo& tool : lab_tools()) {
    words.push_back(tool.id);
    for (const LabArgument& argument : tool.arguments) keys.insert(std::string(argument.key) + "=");
  }
  words.insert(words.end(), keys.begin(), keys.end());
  return words;
}

std::map<std::string, std::string> pairs_of(const std::string& tool, const std::vector<std::string>& words) {
  std::map<std::string, std::string> pairs;
  for (const auto& word : words) {
    const auto given = split_assignment(word);
    if (!given || given->key.empty())
      throw InputError("lab " + tool + ": '" + word + "' is no key=value; see latentflow lab");
    if (!pairs.emplace(given->key, given->value).second)
      throw InputError("lab " + tool + ": " + given->key + " is given twice");
  }
  return pairs;
}

void check(LabRunArguments& o) {
  LabRunCommand& c = o.command;
  std::vector<std::string> known;
  for (const LabToolInfo& tool : lab_tools()) known.push_back(tool.id);
  if (std::find(known.begin(), known.end(), o.words[0]) == known.end())
    throw InputError("lab " + o.words[0] + ": no such tool; known are " + joined_names(known));
  c.tool = o.words[0];
  c.arguments = pairs_of(c.tool, {o.words.begin() + 1, o.words.end()});
  lab_arguments(lab_tool(c.tool), c.arguments);  // refuses unknown ones
  if (o.guided && has_argument(lab_tool(c.tool), "guidance"))
    throw InputError("--guidance: the tool " + c.tool + " has its own, guidance=W");
  const bool over_t = has_argument(lab_tool(c.tool), "t");  // only then there is an animation
  if (!c.out.empty())
    check_output_file("--out", c.out, over_t ? with_animations(figure_endings()) : figure_endings());
  check_model(o.model);
  check_distinct_files({{"--model", o.model, false}, {"--out", c.out}});
  check_data_folder(o.data);
}

int run_lab(LabRunArguments& o, Context& context) {
  if (o.words.empty()) return list_tools(context);
  check(o);
  Job job;
  job.options = headless_options();
  job.options.model = o.model;
  job.options.data = o.data;
  job.options.need_data = lab_tool(o.command.tool).needs != LabToolInfo::Needs::Flow;
  job.command = o.command;
  job.verb = "lab-run";
  job.json = o.json;
  return run_and_print(context, job);
}

}  // namespace

void add_lab(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("lab", "run an experiment of the lab; the result is a figure or a table");
  const auto o = std::make_shared<LabRunArguments>();
  using C = LabRunCommand;
  const FieldOptions<C> options(*sub, o->command);
  offer(sub->add_option("TOOL", o->words, "a tool, then its arguments as key=value (none: lists them)"),
        tool_words());
  add_model(*sub, o->model);
  add_data(*sub, o->data);
  options.add(&C::digit);
  auto* guidance = options.add(&C::guidance);
  options.add(&C::seed);
  options.add(&C::out)->type_name("F");
  add_print_form<C>(options);
  sub->add_flag("--json", o->json, "one JSON object on standard output");
  sub->footer(kLabExplanation);
  sub->callback([o, guidance, &action] {
    o->guided = guidance->count() > 0;
    action = [o](Context& context) { return run_lab(*o, context); };
  });
}

}  // namespace lf::cli
