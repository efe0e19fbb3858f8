// latentflow info: version, machine, data and model.
#include <memory>
#include <thread>

#include "base/cpu_abilities.h"
#include "base/errors.h"
#include "base/version.h"
#include "cli/driver.h"
#include "cli/job.h"
#include "cli/json_lines.h"
#include "cli/options/checks.h"
#include "cli/options/option_rules.h"
#include "cli/options/shared_options.h"
#include "cli/options/weight_settings.h"
#include "cli/subcommand.h"

namespace lf::cli {
namespace {

struct InfoOptions {
  std::string model, data, weights;
  std::vector<std::string> set;
  bool json = false;
};

nlohmann::ordered_json model_json(const RunBlock& run) {
  return {{"name", run.model},
          {"preset", run.preset},
          {"autoencoder_parameters", run.autoencoder_parameters},
          {"flow_parameters", run.flow_parameters}};
}

/// Facts of this machine and this build, not of the experiment.
struct Machine {
  CpuAbilities cpu;
  std::string torch;
  AcceleratorFacts accelerator;
};

nlohmann::ordered_json info_json(const Snapshot& snapshot, const Machine& machine) {
  const CpuAbilities& cpu = machine.cpu;
  const auto& run = *snapshot.run;
  nlohmann::ordered_json abilities{{"name", cpu.name}};
  for (const auto& flag : cpu.flags) abilities[flag.first] = flag.second;
  return {{"version", kProgramVersion},
          {"libtorch", machine.torch},
          {"device", run.device},
          {"accelerator", {{"found", machine.accelerator.found}, {"text", machine.accelerator.text}}},
          {"cpu", abilities},
          {"cores", std::thread::hardware_concurrency()},
          {"threads", snapshot.settings->values.general.threads},
          {"dataset",
           {{"name", run.dataset},
            {"source", run.dataset_source},
            {"builtin", run.dataset_builtin},
            {"train", run.train_count},
            {"test", run.test_count}}},
          {"model", model_json(run)},
          {"assets", default_assets_folder()},
          {"runs", default_runs_folder()}};
}

std::string ability_words(const CpuAbilities& cpu) {
  std::string words;
  for (const auto& flag : cpu.flags)
    words += (words.empty() ? "" : ", ") + (flag.second ? flag.first : "no " + flag.first);
  return words;
}

std::string or_none(const std::string& text) { return text.empty() ? "none" : text; }

std::string model_words(const RunBlock& run) {
  if (run.model.empty()) return "none yet; make one with: latentflow train";
  return run.model + " · preset " + or_none(run.preset) + " · autoencoder " +
         std::to_string(run.autoencoder_parameters) + " and flow " + std::to_string(run.flow_parameters) +
         " parameters";
}

std::string accelerator_words(const AcceleratorFacts& facts) {
  return facts.found ? facts.text : "none: " + facts.text;
}

void print_info(std::ostream& out, const Snapshot& snapshot, const Machine& machine) {
  const CpuAbilities& cpu = machine.cpu;
  const auto& run = *snapshot.run;
  const auto threads = snapshot.settings->values.general.threads;
  out << "program    " << kProgramName << " " << kProgramVersion << "\n"
      << "LibTorch   " << machine.torch << "\n"
      << "device     " << run.device << "\n"
      << "GPU        " << accelerator_words(machine.accelerator) << "\n"
      << "processor  " << or_none(cpu.name) << " (" << ability_words(cpu) << ")\n"
      << "threads    " << (threads == 0 ? "as many as are granted" : "at most " + std::to_string(threads))
      << ", on " << std::thread::hardware_concurrency() << " cores\n"
      << "data set   " << or_none(run.dataset) << " · " << run.train_count << " training and "
      << run.test_count << " test digits · " << or_none(run.dataset_source) << "\n"
      << "model      " << model_words(run) << "\n"
      << "assets     " << or_none(default_assets_folder()) << "\n"
      << "runs       " << default_runs_folder() << "\n";
}

/// `info --weights`: the file alone; neither data nor a model is read.
int run_weights(const InfoOptions& o, Context& context) {
  const WeightSettings settings = weight_settings(o.set);
  Job job = job_of("weights", WeightsCommand{o.weights, settings.heads, settings.raw}, o.json);
  job.options.need_data = false;
  job.options.open_model = false;
  return run_and_print(context, job);
}

int run_info(const InfoOptions& o, Context& context) {
  if (!o.weights.empty() && !o.model.empty())
    throw InputError("info looks at one file: give either --model or --weights");
  if (!o.weights.empty()) return run_weights(o, context);
  check_model(o.model);
  check_data_folder(o.data);
  auto options = headless_options();
  options.model = o.model;
  options.data = o.data;
  options.allow_download = false;
  const auto progress = make_silence();
  Driver driver(context.hooks.load(options), *progress);
  driver.load();
  const Snapshot snapshot = driver.snapshot();
  print_warnings(context.error, *snapshot.log, 0);
  driver.quit();
  const Machine machine{this_cpu(), context.hooks.torch_version(), context.hooks.accelerator()};
  if (o.json) {
    context.out << line_text(info_json(snapshot, machine)) << std::endl;
  } else {
    print_info(context.out, snapshot, machine);
  }
  return 0;
}

}  // namespace

void add_info(CLI::App& app, Action& action) {
  auto* sub = app.add_subcommand("info", "version, LibTorch, device, processor, data set, model");
  const auto o = std::make_shared<InfoOptions>();
  add_model(*sub, o->model);
  add_data(*sub, o->data);
  sub->add_option("--weights", o->weights,
                  "describe a .safetensors file (or an index, a part of a series, a folder), and which "
                  "network fits")
      ->type_name("W");
  sub->add_option("--set", o->set, kWeightSettingsHelp)->type_name("key=value");
  sub->add_flag("--json", o->json, "one JSON object on standard output");
  sub->footer(
      "Examples:\n  latentflow info\n  latentflow info --model F --json\n"
      "  latentflow info --weights dit.safetensors\n");
  sub->callback([o, sub, &action] {
    refuse_beside(*sub, "--weights", "reads that file only", {"--data"});
    refuse_without(*sub, "--set", "--weights", "applies to a weights file");
    action = [o](Context& context) { return run_info(*o, context); };
  });
}

}  // namespace lf::cli
