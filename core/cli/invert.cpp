// latentflow invert: from a digit to its noise, back again, and from there to another class.
#include <filesystem>
#include <memory>

#include "base/errors.h"
#include "base/paths.h"
#include "cli/job.h"
#include "cli/options/checks.h"
#include "cli/options/field_options.h"
#include "cli/options/option_rules.h"
#include "cli/options/shared_options.h"
#include "cli/subcommand.h"

namespace lf::cli {
namespace {

constexpr const char* kInvertExplanation =
    "Encodes one digit and follows the flow backwards from t = 1 to its noise, then forwards again. Prints\n"
    "the distance from the original latent. Writes these files into the folder of --out:\n"
    "  original.png        the network's input: cropped, centred, light ink on black\n"
    "  noise.npy           float32 (4, 4, 4)\n"
    "  reconstruction.png  generated from the noise\n"
    "  edited.png          with --to-class: another class from the same noise\n"
    "\n"
    "The class label comes from the data set for one of its digits and from the classifier for an image;\n"
    "--label sets another. In T.csv, digit 0 is the trajectory to noise and digit 1 the one back. The\n"
    "digits from 2 on are the edited ones.\n"
    "\n"
    "Examples:\n"
    "  latentflow invert --digit 0 --out seven                      a test digit\n"
    "  latentflow invert photo.png --to-class all --out mine        your handwriting, all ten digits\n"
    "  latentflow invert photo.png --label 7 --to-class 2 --guidance 2 --out mine --trajectory states.csv\n"
    "  latentflow invert --digit 3 --solver midpoint --steps 4 --out coarse\n";

struct InvertArguments {
  std::string model, data;
  InvertCommand command;
  bool json = false;
};

void check_subject(const InvertCommand& c) {
  if (c.picture.empty() == (c.digit < 0))
    throw InputError("invert takes one digit: name an image, or --digit INDEX of the data set");
  if (c.picture.empty()) return;
  if (const std::string why = no_file_reason(c.picture); !why.empty())
    throw InputError("invert " + c.picture + ": " + why + "; name an existing file");
}

/// The image may be in the folder of --out, if its name differs from those written there.
void check_files(const InvertArguments& o) {
  std::vector<NamedFile> files{{"--model", o.model, false},
                               {"IMAGE", o.command.picture, false},
                               {"--trajectory", o.command.trajectory}};
  for (const char* name : {"original.png", "noise.npy", "reconstruction.png", "edited.png"})
    files.push_back({"--out", (std::filesystem::path(o.command.out) / name).string()});
  check_distinct_files(files);
}

void check(const InvertArguments& o) {
  const InvertCommand& c = o.command;
  check_subject(c);
  check_output_folder("--out", c.out);
  if (!c.trajectory.empty()) check_output_file("--trajectory", c.trajectory, {".csv"});
  check_model(o.model);
  check_data_folder(o.data);
  check_files(o);
}

int run_invert(const InvertArguments& o, Context& context) {
  check(o);
  Job job = job_of("invert", o.command, o.json);
  job.options.model = o.model;
  job.options.data = o.data;
  job.options.need_data = o.command.picture.empty();
  return run_and_print(context, job);
}

}  // namespace

void add_invert(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("invert", "invert a digit to its noise and back, or edit its class");
  const auto o = std::make_shared<InvertArguments>();
  using C = InvertCommand;
  const FieldOptions<C> options(*sub, o->command);
  options.add(&C::picture, "IMAGE")->type_name("FILE");
  options.add(&C::digit)->type_name("INDEX");
  options.add(&C::split);
  add_model(*sub, o->model);
  add_data(*sub, o->data);
  options.add(&C::label)->type_name("C");
  options.add(&C::to_class);
  options.add(&C::guidance);
  options.add(&C::solver);
  options.add(&C::steps);
  options.add(&C::out)->required()->type_name("DIR");
  options.add(&C::trajectory)->type_name("T");
  sub->add_flag("--json", o->json, "one JSON object on standard output");
  sub->footer(kInvertExplanation);
  sub->callback([o, sub, &action] {
    refuse_beside(*sub, "IMAGE", "needs no data set", {"--split", "--data"});
    refuse_without(*sub, "--guidance", "--to-class", "applies to the edited digit");
    refuse_with_adaptive_solver(*sub, "--steps", o->command.solver);
    action = [o](Context& context) { return run_invert(*o, context); };
  });
}

}  // namespace lf::cli
