// Errors before anything is loaded: exit 2, one line that says what to give instead.
#include <cstdlib>
#include <fstream>

#include "run_cli.h"

namespace lf::cli {
namespace {

using Words = std::vector<std::string>;

struct BadCall {
  Words words;
  const char *first, *second;
};

TEST(Arguments, BadOnesAreRefusedInOneLineWithoutLoading) {
  const std::vector<BadCall> calls{
      {{"trian"},
       "'trian'",
       "train, sample, time-lapse, compare, share, reconstruct, likelihood, invert, figure, lab, eval, "
       "judge, "
       "export, "
       "bench, verify, "
       "replay, "
       "speedrun, runs, import, sweep, info, run, completion, manual"},
      {{"train", "--preset", "best"}, "'best'", "fast, quality, original, tiny"},
      {{"train", "--seconds", "0"}, "--seconds", "'0'"},
      {{"train", "--seconds", "soon"}, "--seconds", "'soon'"},
      {{"train", "--steps", "1.5"}, "--steps", "whole number"},
      {{"train", "--steps", "-3"}, "--steps", "'-3'"},
      {{"train", "--steps", "5", "--seconds", "5"}, "--seconds", "--until-fd"},
      {{"train", "--epochs", "1", "--until-fd", "5"}, "only one", "--epochs"},
      {{"train", "--resume", "/nowhere", "--until-fd", "5"}, "until a score", "more seconds"},
      {{"train", "--seed", "-1"}, "--seed", "0 to"},
      {{"train", "--device", "abacus"}, "'abacus'", "auto, cpu, cuda"},
      {{"train", "--threads", "999"}, "--threads", "256"},
      {{"train", "--set", "flow.lr"}, "flow.lr", "key=value"},
      {{"train", "--set", "flow.lr=fast"}, "flow.lr", "'fast'"},
      {{"train", "--set", "flow.speed=1"}, "'flow.speed'", "flow.steps"},
      {{"train", "--set", "flow.heads=5"}, "flow.width", "flow.heads"},
      {{"train", "--data", "no/such/folder"}, "--data no/such/folder", "four IDX files"},
      {{"train", "--out", "/proc/nothing/here"}, "--out", "cannot be made"},
      {{"train", "--tensorboard", "/proc/nothing/here"}, "--tensorboard", "cannot be made"},
      {{"--tensorboard", "/dev/null"}, "--tensorboard", "not a folder"},
      {{"train", "--resume", "no/such/run"}, "--resume no/such/run", "folder of a run"},
      {{"train", "--resume", "x", "--seed", "2"}, "--resume", "--seed"},
      {{"train", "--reflow", "no/such/model"}, "no/such/model", "run folder"},
      {{"train", "--reflow", "x", "--set", "flow.lr=1"}, "--reflow", "--set"},
      {{"train", "--resume", "x", "--reflow", "x"}, "--resume", "--reflow"},
      {{"train", "--rate", "0.5"}, "--rate", "--resume"},
      {{"train", "--resume", "x", "--rate", "2"}, "--rate", "'2'"},
      {{"train", "--pairs", "5000"}, "--pairs", "--reflow"},
      {{"train", "--reflow", "x", "--pairs", "10"}, "--pairs", "'10'"},
      {{"train", "now"}, "now", "latentflow train --help"},
      {{"train", "--pictures", "1,soon"}, "'soon'", "1,50,100,final"},
      {{"train", "--pictures", "0"}, "'0'", "whole numbers from 1"},
      {{"train", "--preset", "original", "--set", "flow.width=770"}, "flow.width", "flow.heads"},
      {{"export", "--out", "x.safetensors", "--set", "flow.width=96"}, "--set", "--init"},
      {{"export", "--out", "x.safetensors", "--init", "original", "--set", "flow.size=9"},
       "'flow.size'",
       "flow.width"},
      {{"sample", "--count", "4"}, "--out", "required"},
      {{"sample", "--count", "0", "--out", "x.png"}, "--count", "'0'"},
      {{"sample", "--out", "x.jpg"}, "x.jpg", ".png, .npy, .gif"},
      {{"sample", "--out", "no/such/x.png"}, "no/such", "does not exist"},
      {{"sample", "--out", "x.png", "--digit", "10"}, "'10'", "0 to 9, or all"},
      {{"sample", "--out", "x.png", "--digit", "-1"}, "--digit", "all"},
      {{"sample", "--out", "x.png", "--solver", "simpson"}, "'simpson'", "midpoint, heun, rk4"},
      {{"sample", "--out", "x.png", "--nfe", "0"}, "--nfe", "10000"},
      {{"sample", "--out", "x.png", "--guidance", "nan"}, "--guidance", "0 to 8"},
      {{"sample", "--out", "x.png", "--seed", "-7"}, "--seed", "18446744073709551615"},
      {{"sample", "--out", "x.png", "--labels", "l.txt"}, "--labels l.txt", ".npy"},
      {{"sample", "--out", "x.npy", "--labels", "x.npy"}, "--labels", "another"},
      {{"sample", "--out", "x.png", "--count", "10001"}, "10001", ".npy"},
      {{"sample", "--out", "x.gif", "--count", "401"}, "401", ".npy"},
      {{"sample", "--out", "x.png", "--model", "no.safetensors"}, "--model no.safetensors", "no such file"},
      {{"reconstruct", "--out", "x.gif"}, "x.gif", ".png, .npy"},
      {{"reconstruct", "--out", "x.png", "--split", "all"}, "'all'", "test, train"},
      {{"reconstruct", "--out", "x.png", "--count", "9999"}, "9999", ".npy"},
      {{"likelihood", "--digits", "0"}, "--digits", "'0'"},
      {{"likelihood", "--probes", "1"}, "--probes", "2 to"},
      {{"likelihood", "--probes", "4", "--exact"}, "--probes 4", "--exact"},
      {{"likelihood", "--split", "both"}, "'both'", "test, train"},
      {{"likelihood", "--solver", "simpson"}, "'simpson'", "midpoint, heun, rk4"},
      {{"likelihood", "--steps", "0"}, "--steps", "1 to 1000"},
      {{"likelihood", "--seed", "x"}, "--seed", "'x'"},
      {{"likelihood", "--out", "bits.txt"}, "bits.txt", ".csv"},
      {{"likelihood", "--out", "no/such/bits.csv"}, "no/such", "does not exist"},
      {{"likelihood", "--data", "no/such"}, "--data no/such", "four IDX files"},
      {{"likelihood", "--model", "no.safetensors"}, "--model no.safetensors", "no such file"},
      {{"invert", "--digit", "3"}, "--out", "required"},
      {{"invert", "--out", "x"}, "an image", "--digit INDEX"},
      {{"invert", "x.png", "--digit", "3", "--out", "x"}, "one digit", "--digit INDEX"},
      {{"invert", "no.png", "--out", "x"}, "no.png", "existing file"},
      {{"invert", "--digit", "-1", "--out", "x"}, "--digit", "'-1'"},
      {{"invert", "--digit", "3", "--out", "/proc/nothing/here"}, "--out", "cannot be made"},
      {{"invert", "--digit", "3", "--out", "x", "--split", "all"}, "'all'", "test, train"},
      {{"invert", "--digit", "3", "--out", "x", "--label", "10"}, "--label", "0 to 9"},
      {{"invert", "--digit", "3", "--out", "x", "--to-class", "ten"}, "--to-class", "'ten'"},
      {{"invert", "--digit", "3", "--out", "x", "--guidance", "2"}, "--guidance", "--to-class"},
      {{"invert", "--digit", "3", "--out", "x", "--guidance", "9"}, "--guidance", "0 to 8"},
      {{"invert", "--digit", "3", "--out", "x", "--solver", "simpson"}, "'simpson'", "midpoint, heun, rk4"},
      {{"invert", "--digit", "3", "--out", "x", "--steps", "1.5"}, "--steps", "whole number"},
      {{"invert", "--digit", "3", "--out", "x", "--trajectory", "t.txt"}, "t.txt", ".csv"},
      {{"invert", "--digit", "3", "--out", "x", "--model", "no.safetensors"},
       "no.safetensors",
       "no such file"},
      {{"invert", "--digit", "3", "--out", "x", "--data", "no/such"}, "--data no/such", "four IDX files"},
      {{"eval", "--count", "5"}, "--count", "100 to"},
      {{"eval", "--judge", "no.safetensors"}, "--judge no.safetensors", "latentflow judge"},
      {{"eval", "--data", "no/such"}, "--data no/such", "four IDX files"},
      {{"train", "--judge", "no.safetensors"}, "--judge no.safetensors", "no such file"},
      {{"judge"}, "--out", "required"},
      {{"judge", "--out", "judge.bin"}, "judge.bin", ".safetensors"},
      {{"bench", "speed"}, "'speed'", "flow-step"},
      {{"bench", "frame-idle"}, "frame-idle", "window"},
      {{"bench", "--set", "flow.wide=3"}, "flow.wide", "flow.width"},
      {{"bench", "--set", "flow.width"}, "--set flow.width", "key=value"},
      {{"bench", "--set", "flow.width=99", "flow-step"}, "flow.width", "heads"},
      {{"info", "--model", "nothing.safetensors"}, "nothing.safetensors", "run folder"},
      {{"info", "--model", "m", "--weights", "w"}, "one file", "--weights"},
      {{"info", "--weights", "w", "--set", "depth=3"}, "depth=3", "heads=N"},
      {{"info", "--weights", "w", "--set", "weights=both"}, "weights=both", "weights=raw"},
      {{"runs", "--sort", "colour"}, "'colour'", "newest, oldest, fd"},
      {{"import"}, "run", "required"},
      {{"replay"}, "run", "required"},
      {{"replay", "/no/such/run"}, "/no/such/run", "give the folder of a run"},
      {{"replay", ".", "--steps", "0"}, "--steps", "1"},
      {{"speedrun", "--target", "0"}, "--target", "1000"},
      {{"speedrun", "--seconds", "5"}, "--seconds", "--target"},
      {{"speedrun", "--target", "6", "--seconds", "5", "--steps", "5"}, "--seconds", "only one"},
      {{"speedrun", "--verify", "r.json", "--seed", "2"}, "--verify", "leave --seed out"},
      {{"speedrun", "--preset", "best"}, "'best'", "fast, quality"},
      {{"speedrun", "--seed", "1", "--set", "seed=2"}, "seed is given twice", "--set"},
      {{"speedrun", "--judge", "no.safetensors"}, "--judge no.safetensors", "latentflow judge"},
      {{"verify", "--vectors", "v"}, "--dit W", "--vae W"},
      {{"verify", "--dit", "a", "--vae", "b", "--vectors", "v"}, "--dit W", "--vae W"},
      {{"verify", "--dit", "a"}, "--vectors", "required"},
      {{"verify", "--dit", "a", "--vectors", "v", "--set", "heads=0"}, "heads=0", "65536"},
      {{"export", "--out", "x.pt"}, "x.pt", ".safetensors"},
      {{"export", "--out", "x.safetensors", "--part", "judge"}, "judge", "velocity, ema, autoencoder"},
      {{"export", "--out", "x.safetensors", "--init", "fast", "--model", "m"}, "--model", "--init"},
      {{"run"}, "SCRIPT", "required"},
      {{"run", "no.script"}, "no.script", "cannot be read"},
      {{"--colour"}, "--colour", "latentflow --help"},
      {{"--frames", "0"}, "--frames", "'0'"},
  };
  for (const auto& call : calls) {
    const auto run = run_cli(call.words);
    std::string line = "latentflow";
    for (const auto& word : call.words) line += " " + word;
    EXPECT_EQ(run.code, 2) << line;
    EXPECT_TRUE(run.error_is_one_line()) << line << "\n" << run.error;
    EXPECT_TRUE(has(run.error, {"latentflow: ", call.first, call.second})) << line;
    EXPECT_TRUE(run.record->commands.empty()) << line << " was loaded";
    EXPECT_EQ(run.out, "") << line;
  }
}

TEST(Arguments, ARunFolderIsNeverOverwritten) {
  const TemporaryFolder folder;
  std::ofstream(folder / "model.safetensors") << "precious";
  const auto run = run_cli({"train", "--out", folder.text()});
  EXPECT_EQ(run.code, 2);
  EXPECT_TRUE(has(run.error, {"already holds a run", "--resume"}));
}

TEST(Arguments, AFileInThePlaceOfAFolderIsNamed) {
  const TemporaryFolder folder;
  std::ofstream(folder / "file") << "x";
  const auto run = run_cli({"train", "--out", folder / "file/run"});
  EXPECT_EQ(run.code, 2);
  EXPECT_TRUE(has(run.error, {"file is not a folder"}));
  EXPECT_EQ(run_cli({"sample", "--out", folder.text() + "/"}).code, 2);
}

TEST(Arguments, ChecksLeaveNothingBehind) {
  const TemporaryFolder folder;
  FakeRecord wishes;
  wishes.notice = "stop here";
  EXPECT_EQ(run_cli({"train", "--out", folder / "new/run/"}, wishes).code, 2);
  EXPECT_EQ(run_cli({"sample", "--out", folder / "x.png"}, wishes).code, 2);
  EXPECT_TRUE(std::filesystem::is_empty(folder.text()));
}

TEST(Arguments, HelpAndVersionEndWithZeroOnStandardOutput) {
  const auto version = run_cli({"--version"});
  EXPECT_EQ(version.code, 0);
  EXPECT_TRUE(has(version.out, {"latentflow 0.1.0"}));
  for (const Words& words : {Words{"--help"},
                             {"train", "--help"},
                             {"sample", "--help"},
                             {"reconstruct", "--help"},
                             {"likelihood", "--help"},
                             {"invert", "--help"},
                             {"eval", "--help"},
                             {"judge", "--help"},
                             {"bench", "--help"},
                             {"info", "--help"},
                             {"run", "--help"}}) {
    const auto help = run_cli(words);
    EXPECT_EQ(help.code, 0) << words[0];
    EXPECT_TRUE(has(help.out, {"Example", "latentflow", words[0] == "--help" ? "train" : "--help"}))
        << words[0];
    EXPECT_EQ(help.error, "");
  }
  const auto settings = run_cli({"train", "--help-settings"});
  for (const auto& info : setting_table()) EXPECT_TRUE(has(settings.out, {info.key + "=", info.meaning}));
}

/// Sets or removes the environment's display, and restores it.
class Display {
 public:
  explicit Display(const char* name) {
    for (const char* variable : {"DISPLAY", "WAYLAND_DISPLAY"}) {
      const char* value = std::getenv(variable);
      old_.emplace_back(variable, value ? value : "");
      unsetenv(variable);
    }
    if (*name) setenv("DISPLAY", name, 1);
  }
  ~Display() {
    for (const auto& entry : old_) {
      entry.second.empty() ? unsetenv(entry.first.c_str())
                           : setenv(entry.first.c_str(), entry.second.c_str(), 1);
    }
  }

 private:
  std::vector<std::pair<std::string, std::string>> old_;
};

TEST(Window, WithoutOneTheHeadlessWayIsNamed) {
  const Display display(":7");
  const auto run = run_cli({});
  EXPECT_EQ(run.code, 2);
  EXPECT_TRUE(has(run.error, {"no window", "latentflow train --preset fast --figures"}));
}

TEST(Window, WithoutADisplayTheHeadlessWayIsNamed) {
  const Display display("");
  CliHooks hooks;
  hooks.window = [](const WindowArguments&) { return 0; };
  const auto run = run_cli({}, {}, hooks);
  EXPECT_EQ(run.code, 2);
  EXPECT_TRUE(has(run.error, {"no display", "latentflow train --preset fast --figures"}));
}

TEST(Window, GetsItsArguments) {
  const Display display(":7");
  const TemporaryFolder folder;
  WindowArguments seen;
  CliHooks hooks;
  hooks.window = [&](const WindowArguments& arguments) {
    seen = arguments;
    return 0;
  };
  const auto run =
      run_cli({"--model", folder.text(), "--data", folder.text(), "--script", "s.txt", "--frames", "3",
               "--screenshot", folder / "x.png", "--ui-map", folder / "map.json"},
              {}, hooks);
  EXPECT_EQ(run.code, 0) << run.error;
  EXPECT_EQ(seen.model, folder.text());
  EXPECT_EQ(seen.frames, 3);
  EXPECT_EQ(seen.script, "s.txt");
  EXPECT_EQ(seen.ui_map, folder / "map.json");
}

TEST(Window, OpensAlsoWhereModelDataOrJudgeAreMissing) {
  // The worker finds the error and the window shows it; a user who started it from a menu has no
  // terminal.
  const Display display(":7");
  WindowArguments seen;
  CliHooks hooks;
  hooks.window = [&](const WindowArguments& arguments) {
    seen = arguments;
    return 0;
  };
  const auto run = run_cli({"--model", "no/model", "--data", "no/data", "--judge", "no/judge"}, {}, hooks);
  EXPECT_EQ(run.code, 0) << run.error;
  EXPECT_EQ(seen.model, "no/model");
  EXPECT_EQ(seen.data, "no/data");
  EXPECT_EQ(seen.judge, "no/judge");
}

TEST(Window, ItsErrorsAreOneLineToo) {
  const Display display(":7");
  CliHooks hooks;
  hooks.window = [](const WindowArguments&) -> int { throw InputError("OpenGL 3.3\nis missing"); };
  const auto run = run_cli({}, {}, hooks);
  EXPECT_EQ(run.code, 2);
  EXPECT_EQ(run.error, "latentflow: OpenGL 3.3 is missing\n");
}

TEST(Window, FrameBenchesGoThroughTheHook) {
  const Display display(":7");
  CliHooks hooks;
  hooks.frame_bench = [](const std::string& name) {
    BenchRow row;
    row.name = name;
    row.ms_median = 2.5;
    row.ms_min = 2;
    row.runs = 60;
    return row;
  };
  FakeRecord wishes;
  wishes.json = {R"({"name":"flow-step"})"};
  const auto run = run_cli({"bench", "--json", "frame-idle", "flow-step"}, wishes, hooks);
  ASSERT_EQ(run.code, 0) << run.error;
  EXPECT_TRUE(run.asked("bench flow-step"));
  const auto lines = run.json_lines();
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[1]["name"], "frame-idle");
  EXPECT_EQ(lines[1]["ms_median"], 2.5);
}

}  // namespace
}  // namespace lf::cli
