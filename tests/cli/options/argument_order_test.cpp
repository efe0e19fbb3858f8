// Options are used or rejected: at any position, any number of times, with any value.
#include "cli/options/argument_order.h"

#include <fstream>

#include "cli/options/near_name.h"
#include "run_cli.h"

namespace lf::cli {
namespace {

using OrderedWords = std::vector<std::string>;

std::string joined(const OrderedWords& words) {
  std::string line = "latentflow";
  for (const auto& word : words) line += " '" + word + "'";
  return line;
}

struct Refusal {
  OrderedWords words;
  std::vector<std::string> parts;
};

/// Every call is rejected in one line that contains all parts, before anything is loaded.
void expect_refused(const std::vector<Refusal>& refusals) {
  for (const auto& refusal : refusals) {
    const auto run = run_cli(refusal.words);
    EXPECT_EQ(run.code, 2) << joined(refusal.words);
    EXPECT_TRUE(run.error_is_one_line()) << joined(refusal.words) << "\n" << run.error;
    for (const auto& part : refusal.parts) EXPECT_TRUE(has(run.error, {part})) << joined(refusal.words);
    EXPECT_TRUE(run.record->commands.empty()) << joined(refusal.words) << " was loaded";
  }
}

TEST(OptionsBefore, AreUsedByTheSubcommandThatHasThem) {
  const TemporaryFolder folder;
  std::ofstream(folder / "m.safetensors") << "m";
  const auto sample =
      run_cli({"--model", folder / "m.safetensors", "--seed=7", "sample", "--out", folder / "x.png"});
  EXPECT_EQ(sample.code, 0) << sample.error;
  EXPECT_EQ(sample.record->options.model, folder / "m.safetensors");
  EXPECT_TRUE(has(sample.record->commands.at(0), {"seed=7"}));
  const auto eval = run_cli({"--data", folder.text(), "--json", "eval", "--count", "100"});
  EXPECT_EQ(eval.code, 0) << eval.error;
  EXPECT_EQ(eval.record->options.data, folder.text());
  const auto train = run_cli({"--set", "flow.width=48", "flow.heads=2", "train", "--out", folder / "run"});
  EXPECT_EQ(train.code, 0) << train.error;
  EXPECT_TRUE(train.asked("set flow.width 48") && train.asked("set flow.heads 2")) << train.error;
  const auto script = run_cli({"--data", folder.text(), "run", folder / "none.script"});
  EXPECT_TRUE(has(script.error, {"none.script"}));
}

TEST(OptionsBefore, AreRefusedWhereTheSubcommandHasThemNot) {
  expect_refused(
      {{{"--screenshot", "x.png", "sample", "--out", "y.png"}, {"--screenshot", "the window", "sample"}},
       {{"--frames", "3", "train"}, {"--frames", "the window", "latentflow train --help"}},
       {{"--data", ".", "bench"}, {"--data", "bench", "LATENTFLOW_DATA"}},
       {{"--nfe", "8", "eval"}, {"--nfe", "not an option of eval"}},
       {{"--model", "/nonexistent.safetensors", "sample", "--out", "x.png"},
        {"--model /nonexistent.safetensors", "no such file"}},
       {{"--seed", "3"}, {"--seed", "not an option of the window", "train"}}});
}

TEST(UnknownOptions, NameWhatWasMeantOrWhoHasThem) {
  expect_refused({{{"sample", "--mod", "x", "--out", "x.png"}, {"--mod", "did you mean --model?"}},
                  {{"sample", "--cuont", "4", "--out", "x.png"}, {"--cuont", "did you mean --count?"}},
                  {{"sample", "--Seed", "4", "--out", "x.png"}, {"--Seed", "did you mean --seed?"}},
                  {{"sample", "-model", "x", "--out", "x.png"}, {"-model", "did you mean --model?"}},
                  {{"sample", "--preset", "fast", "--out", "x.png"}, {"--preset", "it is one of train"}},
                  {{"eval", "--colour"}, {"--colour", "latentflow eval --help"}},
                  {{"sampel", "--out", "x.png"}, {"'sampel'", "did you mean sample?"}},
                  {{"--model", "m", "trian"}, {"'trian'", "did you mean train?"}},
                  {{"sample", "\u2013\u2013model", "m"}, {"typographic dash", "type --model"}},
                  {{"sample", "\u2014out", "m"}, {"typographic dash", "--out"}},
                  {{"sample", "--out", "x.png", "y.png"}, {"unexpected word 'y.png'"}},
                  {{"train", "now"}, {"'now'", "latentflow train --help"}}});
  EXPECT_EQ(near_name("--digits", {"--data", "--digit"}), "--digit");
  EXPECT_EQ(near_name("--x", {"--out"}), "");
}

TEST(RepeatedOptions, AreRefusedWhereTheyDiffer) {
  expect_refused({{{"--seed", "1", "sample", "--seed", "2", "--out", "x.png"}, {"--seed", "1", "2", "twice"}},
                  {{"sample", "--out", "x.png", "--out=y.png"}, {"--out", "x.png", "y.png", "twice"}},
                  {{"train", "--set", "flow.lr=1", "--set", "flow.lr=2"}, {"flow.lr", "twice"}},
                  {{"train", "--seed", "3", "--set", "seed=4"}, {"seed", "3", "4", "twice"}},
                  {{"train", "--threads", "2", "--set", "threads=1"}, {"threads", "twice"}},
                  {{"--ui-map", "a.json", "--ui-map", "b.json"}, {"--ui-map", "twice"}}});
  const TemporaryFolder folder;
  const std::string out = folder / "x.png";
  const auto same = run_cli({"--seed", "1", "sample", "--seed=1", "--out", out, "--out", out});
  EXPECT_EQ(same.code, 0) << same.error;
  const auto train = run_cli({"train", "--seed", "3", "--set", "seed=3", "--json", "--json"});
  EXPECT_EQ(train.code, 0) << train.error;
  EXPECT_TRUE(train.asked("set seed 3"));
}

TEST(EmptyValues, AreRefusedByName) {
  expect_refused({{{"sample", "--out", ""}, {"--out is empty", "shell variable"}},
                  {{"sample", "--out", "x.png", "--model="}, {"--model is empty"}},
                  {{"train", "--data", ""}, {"--data is empty"}},
                  {{"sample", "--out", "x.png", "--digit", ""}, {"--digit is empty"}},
                  {{"sample", "--out", "x.png", "--seed", ""}, {"--seed is empty"}},
                  {{"sample", "--out", "x.png", "--nfe=", "8"}, {"--nfe is empty"}},
                  {{"train", "--preset", ""}, {"--preset is empty"}},
                  {{"train", "--set", "flow.lr="}, {"--set flow.lr=", "value is empty"}},
                  {{"train", "--set", "=0.1"}, {"--set =0.1", "key is empty"}},
                  {{"train", "--set", ""}, {"--set is empty"}},
                  {{"verify", "--dit", "w", "--vectors", "v", "--set", "heads="}, {"--set heads=", "empty"}},
                  {{"run", ""}, {"SCRIPT is empty"}},
                  {{"replay", ""}, {"run is empty"}},
                  {{"invert", "", "--out", "x"}, {"IMAGE is empty"}},
                  {{"bench", ""}, {"NAME is empty"}},
                  {{""}, {"the subcommand is empty"}},
                  {{"--script", ""}, {"--script is empty"}},
                  {{"sample", "--out", "--labels", "l.npy"}, {"--out has no value", "--labels"}},
                  {{"sample", "--seed", "--out", "x.png"}, {"--seed has no value", "--out"}},
                  {{"sample", "--out"}, {"--out has no value"}}});
}

TEST(OrderedArguments, KeepWordsThatAreNoOptions) {
  const TemporaryFolder folder;
  std::ofstream(folder / "train") << "pause\n";
  EXPECT_EQ(run_cli({"run", folder / "train"}).code, 0);
  const auto unwritten = run_cli({"run", "train"});  // a script may have the name of a subcommand
  EXPECT_TRUE(has(unwritten.error, {"script train", "cannot be read"}));
  const auto dashed = run_cli({"run", "--", "-x"});
  EXPECT_TRUE(has(dashed.error, {"script -x"}));
  const auto negative = run_cli({"sample", "--out", "x.png", "--seed", "-7"});
  EXPECT_TRUE(has(negative.error, {"'-7'", "0 to"}));
  EXPECT_EQ(run_cli({"--model", "m", "sample", "--help"}).code, 0);
  EXPECT_EQ(run_cli({"sample", "--out", "", "-h"}).code, 0);
}

TEST(FilesOfOneCommand, AreNeverOneFileUnderTwoNames) {
  const TemporaryFolder folder;
  const std::string model = folder / "m.safetensors", run = folder / "run";
  std::ofstream(model) << "m";
  std::filesystem::create_directories(run);
  for (const char* file : {"/model.safetensors", "/checkpoint.safetensors"}) std::ofstream(run + file) << "m";
  std::filesystem::create_symlink(model, folder / "link.safetensors");
  std::ofstream(folder / "original.png") << "x";
  std::ofstream(folder / "s.json") << "quit\n";
  const std::string npy = folder / "s.npy", dotted = folder / "./s.npy", other = folder / "other.safetensors";
  expect_refused(
      {{{"sample", "--out", npy, "--labels", dotted}, {"--labels " + dotted, "--out", "name another"}},
       {{"sample", "--out", folder / "run/../s.npy", "--labels", npy}, {"--labels", "--out"}},
       {{"export", "--model", model, "--out", model}, {"--out", "the file of --model"}},
       {{"export", "--model", model, "--out", folder / "link.safetensors"}, {"--out", "the file of --model"}},
       {{"export", "--model", run, "--out", run + "/model.safetensors"}, {"--out", "a file of the run"}},
       {{"likelihood", "--model", run, "--out", run + "/history.csv"}, {"--out", "a file of the run"}},
       {{"sample", "--out", npy, "--trajectory", run + "/history.csv"},
        {"--trajectory", "a file of the run"}},
       {{"judge", "--out", run + "/checkpoint.safetensors"}, {"--out", "a file of the run"}},
       {{"invert", folder / "original.png", "--out", folder.text()}, {"--out", "the file of IMAGE"}},
       {{"--script", folder / "s.json", "--ui-map", folder / "s.json"},
        {"--ui-map", "the file of --script"}}});
  EXPECT_FALSE(run_cli({"export", "--model", model, "--out", other}).record->commands.empty());
}

TEST(UnusedOptions, AreRefusedInsteadOfDropped) {
  const TemporaryFolder folder;
  std::ofstream(folder / "seven.png") << "x";
  const std::string picture = folder / "seven.png", out = folder / "o";
  expect_refused(
      {{{"sample", "--out", "x.png", "--solver", "dopri5", "--nfe", "8"}, {"--nfe", "chooses its own steps"}},
       {{"likelihood", "--solver", "dopri5", "--steps", "8"}, {"--steps", "chooses its own steps"}},
       {{"likelihood", "--exact", "--seed", "8"}, {"--exact", "--seed"}},
       {{"invert", picture, "--out", out, "--split", "train"}, {"IMAGE", "--split"}},
       {{"invert", picture, "--out", out, "--data", "."}, {"IMAGE", "--data"}},
       {{"invert", picture, "--out", out, "--guidance", "1"}, {"--guidance", "--to-class"}},
       {{"invert", picture, "--out", out, "--solver", "dopri5", "--steps", "9"}, {"--steps", "its own"}},
       {{"export", "--out", "x.safetensors", "--seed", "2"}, {"--seed", "--init"}},
       {{"info", "--set", "heads=2"}, {"--set", "--weights"}},
       {{"info", "--weights", "w", "--data", "."}, {"--weights", "--data"}},
       {{"verify", "--vae", "w", "--vectors", "v", "--set", "heads=2"}, {"--vae", "--set"}}});
}

}  // namespace
}  // namespace lf::cli
