#include "protocol/job_parsers.h"

#include "lab/tools.h"
#include "protocol/command_limits.h"

namespace lf {
namespace {

constexpr int64_t kMostHeads = 65536;

}  // namespace

int parse_digit(CommandWords& words) {
  if (words.text("digit", "all") == "all") return -1;
  return static_cast<int>(words.integer("digit", -1, -1, 9));
}

Command parse_sample(CommandWords& words) {
  SampleCommand c;
  c.count = words.integer("count", c.count, 1, kMostSamples);
  c.digit = parse_digit(words);
  c.solver = words.choice("solver", setting_info("sampler.solver").choices, "");
  c.nfe = words.integer("nfe", 0, 1, kMostEvaluations);
  c.guidance = words.number("guidance", 1, 0, setting_info("preview.guidance").max);
  c.seed = words.seed("seed", 1);
  c.out = words.text("out");
  c.labels = words.text("labels");
  c.trajectory = words.text("trajectory");
  words.expect_all_used(0);
  return c;
}

Command parse_reconstruct(CommandWords& words) {
  ReconstructCommand c;
  c.split = words.choice("split", {"test", "train"}, c.split);
  c.count = words.integer("count", c.count, 1, kMostSamples);
  c.out = words.text("out");
  words.expect_all_used(0);
  return c;
}

Command parse_likelihood(CommandWords& words) {
  LikelihoodCommand c;
  c.digits = words.integer("digits", 0, 1, kMostLikelyDigits);
  c.probes = words.integer("probes", 0, 2, kMostProbes);
  c.exact = words.on("exact");
  c.unlabelled = words.on("unlabelled");
  c.split = words.choice("split", {"test", "train"}, c.split);
  c.seed = words.seed("seed", 1);
  c.solver = words.choice("solver", setting_info("sampler.solver").choices, "");
  c.steps = words.integer("steps", 0, 1, kMostOdeSteps);
  c.out = words.text("out");
  words.expect_all_used(0);
  return c;
}

Command parse_invert(CommandWords& words) {
  InvertCommand c;
  c.picture = words.text("picture");
  c.digit = words.integer("digit", -1, 0, kMostSamples);
  c.split = words.choice("split", {"test", "train"}, c.split);
  c.label = words.integer("label", -1, 0, 9);
  c.to_class = words.choice("to-class", {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "all"}, "");
  c.guidance = words.number("guidance", 1, 0, setting_info("preview.guidance").max);
  c.solver = words.choice("solver", setting_info("sampler.solver").choices, "");
  c.steps = words.integer("steps", 0, 1, kMostOdeSteps);
  c.out = words.text("out");
  c.trajectory = words.text("trajectory");
  words.expect_all_used(0);
  return c;
}

/// The tool's own arguments, and beside them seed, digit, guidance and out, where the tool has none of that
/// name.
Command parse_lab_run(CommandWords& words) {
  const LabToolInfo& tool = lab_tool(words.required(0, "a tool"));
  LabRunCommand c;
  c.tool = tool.id;
  c.seed = words.seed("seed", c.seed);
  c.digit = parse_digit(words);
  if (!has_argument(tool, "guidance"))
    c.guidance = words.number("guidance", 1, 0, setting_info("preview.guidance").max);
  c.out = words.text("out");
  for (const auto& [key, value] : words.all_named()) {
    const bool common = key == "seed" || key == "digit" || key == "guidance" || key == "out";
    if (!common || has_argument(tool, key)) c.arguments[key] = value;
  }
  lab_arguments(tool, c.arguments);  // refuses unknown ones
  words.expect_all_used(1);
  return c;
}

Command parse_evaluate(CommandWords& words) {
  const auto count = words.integer("count", EvaluateCommand{}.count, kLeastEvaluated, kMostSamples);
  words.expect_all_used(0);
  return EvaluateCommand{count};
}

Command parse_judge(CommandWords& words) {
  const auto seed = words.seed("seed", 1);
  const auto out = words.text("out");
  words.expect_all_used(0);
  return JudgeCommand{seed, out};
}

Command parse_bench(CommandWords& words) {
  words.expect_all_used(words.bare_count());
  return BenchCommand{words.all_bare()};
}

Command parse_verify(CommandWords& words) {
  VerifyCommand c;
  c.dit = words.text("dit");
  c.vae = words.text("vae");
  c.vectors = words.text("vectors");
  c.heads = words.integer("heads", 0, 1, kMostHeads);
  c.raw = words.choice("weights", {"ema", "raw"}, "ema") == "raw";
  words.expect_all_used(0);
  return c;
}

Command parse_replay(CommandWords& words) {
  ReplayCommand c;
  c.folder = words.required(0, "a run folder");
  c.steps = words.integer("steps", 0, 1, kMostSteps);
  c.from = words.text("from");
  words.expect_all_used(1);
  return c;
}

Command parse_weights(CommandWords& words) {
  WeightsCommand c;
  c.path = words.required(0, "a path");
  c.heads = words.integer("heads", 0, 1, kMostHeads);
  c.raw = words.choice("weights", {"ema", "raw"}, "ema") == "raw";
  words.expect_all_used(1);
  return c;
}

Command parse_export_weights(CommandWords& words) {
  ExportWeightsCommand c;
  c.part = words.choice("part", {"velocity", "ema", "autoencoder"}, c.part);
  c.init = words.text("init");
  c.seed = words.seed("seed", 1);
  c.out = words.text("out");
  c.settings = words.text("settings");
  words.expect_all_used(0);
  return c;
}

}  // namespace lf
