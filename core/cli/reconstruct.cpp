// latentflow reconstruct: digits encoded and decoded again.
#include <memory>

#include "base/errors.h"
#include "cli/job.h"
#include "cli/options/checks.h"
#include "cli/options/field_options.h"
#include "cli/options/number_options.h"
#include "cli/options/shared_options.h"
#include "cli/subcommand.h"
#include "protocol/command_limits.h"

namespace lf::cli {
namespace {

constexpr const char* kReconstructExamples =
    "Examples:\n"
    "  latentflow reconstruct --out pairs.png                       original | reconstruction | difference\n"
    "  latentflow reconstruct --split train --count 100 --out r.npy\n";

constexpr int64_t kMostReconstructed = 60'000;  ///< the training digits of MNIST

struct ReconstructOptions {
  std::string model, data;
  ReconstructCommand command;
};

int run_reconstruct(const ReconstructOptions& o, Context& context) {
  check_output_file("--out", o.command.out, {".png", ".npy"});
  const bool picture = o.command.out.substr(o.command.out.size() - 4) == ".png";
  if (picture && o.command.count > kMostSheetRows) {
    throw InputError("--count " + std::to_string(o.command.count) + ": a .png holds at most " +
                     std::to_string(kMostSheetRows) + " digits; write more into a .npy");
  }
  check_model(o.model);
  check_data_folder(o.data);
  check_distinct_files({{"--model", o.model, false}, {"--out", o.command.out}});
  Job job = job_of("reconstruct", o.command);
  job.options.model = o.model;
  job.options.data = o.data;
  return run_and_print(context, job);
}

}  // namespace

void add_reconstruct(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("reconstruct", "encode and decode digits with the autoencoder");
  const auto o = std::make_shared<ReconstructOptions>();
  using C = ReconstructCommand;
  const FieldOptions<C> options(*sub, o->command);
  add_model(*sub, o->model);
  add_data(*sub, o->data);
  options.add(&C::split);
  // Narrower than the field, whose range scripts have.
  add_integer(*sub, "--count", o->command.count, 1, kMostReconstructed, "number of digits (default 16)");
  options.add(&C::out)->required()->type_name("X");
  sub->footer(kReconstructExamples);
  sub->callback([o, &action] { action = [o](Context& context) { return run_reconstruct(*o, context); }; });
}

}  // namespace lf::cli
