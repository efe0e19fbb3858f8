// latentflow sample: generated digits as an image, an array or an animation.
#include <filesystem>
#include <memory>

#include "base/errors.h"
#include "base/output_name.h"
#include "cli/job.h"
#include "cli/options/checks.h"
#include "cli/options/field_options.h"
#include "cli/options/option_rules.h"
#include "cli/options/shared_options.h"
#include "cli/subcommand.h"
#include "protocol/command_limits.h"

namespace lf::cli {
namespace {

constexpr const char* kSampleExamples =
    "Examples:\n"
    "  latentflow sample --count 100 --out digits.png                a grid, 0 to 9 in columns\n"
    "  latentflow sample --count 40 --digit 7 --out sevens.gif       from noise to digit\n"
    "  latentflow sample --count 40 --out flow.mp4                   the same for slides; also .webp\n"
    "  latentflow sample --count 10000 --out x.npy --labels y.npy    uint8 (N, 28, 28) and int64 (N,)\n"
    "  latentflow sample --count 10 --solver rk4 --nfe 64 --guidance 2 --seed 7 --out x.png\n";

struct SampleOptions {
  std::string model;
  SampleCommand command;
};

void check(const SampleCommand& c, const std::string& model) {
  check_output_file("--out", c.out, with_animations({".png", ".npy"}));
  if (!c.labels.empty()) check_output_file("--labels", c.labels, {".npy"});
  if (!c.trajectory.empty()) check_output_file("--trajectory", c.trajectory, {".csv"});
  check_distinct_files(
      {{"--model", model, false}, {"--out", c.out}, {"--labels", c.labels}, {"--trajectory", c.trajectory}});
  const auto extension = std::filesystem::path(c.out).extension();
  const int64_t most = is_animation(c.out) ? kMostGifSamples : kMostGridSamples;
  if (extension != ".npy" && c.count > most) {
    throw InputError("--count " + std::to_string(c.count) + ": a " + extension.string() + " holds at most " +
                     std::to_string(most) + " digits; write more into a .npy");
  }
}

int run_sample(const SampleOptions& o, Context& context) {
  check_model(o.model);
  check(o.command, o.model);
  Job job = job_of("sample", o.command);
  job.options.model = o.model;
  job.options.need_data = false;
  return run_and_print(context, job);
}

}  // namespace

void add_sample(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("sample", "generate digits from noise");
  const auto o = std::make_shared<SampleOptions>();
  using C = SampleCommand;
  const FieldOptions<C> options(*sub, o->command);
  add_model(*sub, o->model);
  options.add(&C::count);
  options.add(&C::digit);
  options.add(&C::solver);
  options.add(&C::nfe);
  options.add(&C::guidance);
  options.add(&C::seed);
  options.add(&C::out)->required()->type_name("X");
  options.add(&C::labels)->type_name("L");
  options.add(&C::trajectory)->type_name("T");
  sub->footer(kSampleExamples);
  sub->callback([o, sub, &action] {
    refuse_with_adaptive_solver(*sub, "--nfe", o->command.solver);
    action = [o](Context& context) { return run_sample(*o, context); };
  });
}

}  // namespace lf::cli
