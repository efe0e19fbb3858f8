// latentflow figure: a plot, map, grid or strip of a stored run, for print or as numbers.
#include <memory>

#include "base/errors.h"
#include "cli/job.h"
#include "cli/options/checks.h"
#include "cli/options/field_options.h"
#include "cli/options/known_values.h"
#include "cli/options/print_options.h"
#include "cli/options/shared_options.h"
#include "cli/subcommand.h"
#include "protocol/figure_kinds.h"

namespace lf::cli {
namespace {

constexpr const char* kFigureExamples =
    "The ending of the file chooses the format: .svg and .pdf (vectors, text as text), .png, or .csv (the\n"
    "numbers). Sizes are in millimetres; text is 7.5 points high in a plot of any width.\n"
    "\n"
    "Examples:\n"
    "  latentflow figure --list                                            the figures\n"
    "  latentflow figure loss --run DIR --out loss.pdf                     85 mm wide, print colours\n"
    "  latentflow figure loss --run DIR --out loss.svg --width 120 --palette grey --axes log\n"
    "  latentflow figure map --run DIR --out map.png --dpi 600\n"
    "  latentflow figure sweep --run SWEEP --out heat-map.pdf\n";

struct FigureOptions {
  std::string run, data;
  FigureCommand command;
  bool list = false;
};

int list_figures(Context& context) {
  for (const FigureKind& kind : figure_kinds()) {
    if (kind.needs == FigureKind::Needs::Lab || kind.needs == FigureKind::Needs::Compare) continue;
    std::string line = kind.id;
    line.resize(std::max<size_t>(line.size(), 17), ' ');
    context.out << line << " " << kind.content << "\n";
  }
  context.out
      << "The tools of the lab: latentflow lab TOOL --out F; models side by side: latentflow compare.\n";
  context.out.flush();
  return 0;
}

void check(const FigureOptions& o) {
  const FigureCommand& c = o.command;
  if (c.kind.empty()) throw InputError("figure: name a figure; latentflow figure --list shows them");
  const FigureKind& kind = figure_kind(c.kind);
  if (kind.needs == FigureKind::Needs::Lab)
    throw InputError("figure lab: that is the open tool of the window; use latentflow lab TOOL --out F");
  if (kind.needs == FigureKind::Needs::Compare)
    throw InputError("figure compare: that is a page of the window; use latentflow compare A B --out F");
  if (c.file.empty()) throw InputError("figure " + c.kind + ": --out F is missing");
  if (o.run.empty())
    throw InputError("figure " + c.kind + ": --run DIR is missing; latentflow runs lists the runs");
  check_output_file("--out", c.file, figure_endings());
  check_figure(c);
}

int run_figure(FigureOptions& o, Context& context) {
  if (o.list) return list_figures(context);
  o.run = run_or_path(o.run);
  check(o);
  const bool sweep = figure_kind(o.command.kind).needs == FigureKind::Needs::Sweep;
  if (!sweep) check_model(o.run);
  check_data_folder(o.data);
  check_distinct_files({{"--run", o.run, false}, {"--out", o.command.file}});
  Job job = job_of("figure", o.command);
  job.options.data = o.data;
  const FigureKind& kind = figure_kind(o.command.kind);
  const bool classes = kind.needs == FigureKind::Needs::Score && o.command.kind != "quality";
  job.options.need_data = classes;
  if (sweep) {
    job.options.open_model = false;
    job.settings.push_back(ViewSweepCommand{o.run});
    return run_and_print(context, job);
  }
  job.options.model = o.run;
  job.options.previews = true;
  if (classes) job.settings.push_back(EvaluateCommand{});
  return run_and_print(context, job);
}

}  // namespace

void add_figure(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("figure", "write a plot, map, grid or strip of a run: SVG, PDF, PNG or CSV");
  const auto o = std::make_shared<FigureOptions>();
  using C = FigureCommand;
  const FieldOptions<C> options(*sub, o->command);
  std::vector<std::string> kinds;
  for (const FigureKind& kind : figure_kinds()) kinds.push_back(kind.id);
  offer(sub->add_option("KIND", o->command.kind, "the figure (--list shows all)"), kinds);
  sub->add_flag("--list", o->list, "list the figures");
  sub->add_option("--run", o->run, "run folder, name of a run, model file, or sweep folder")
      ->type_name("DIR");
  sub->add_option("--out", o->command.file, "file to write: .png, .svg, .pdf or .csv")->type_name("F");
  add_print_form<C>(options);
  options.add(&C::x);
  options.add(&C::y);
  options.add(&C::axes);
  options.add(&C::by_seconds);
  options.add(&C::raw);
  options.add(&C::t);
  add_data(*sub, o->data);
  sub->footer(kFigureExamples);
  sub->callback([o, &action] { action = [o](Context& context) { return run_figure(*o, context); }; });
}

}  // namespace lf::cli
