#include "protocol/commands.h"

#include <algorithm>

#include "input_error_of.h"

namespace lf {
namespace {

using Words = std::vector<std::string>;

/// One command of every kind (and of every variation with its own words), without default values.
std::vector<Command> one_of_each() {
  Budget seconds, steps, epochs, fd;
  seconds.seconds = 20.125;
  steps.steps = 1234567;
  epochs.epochs = 0.1;
  fd.until_fd = 2.5;
  return {TrainCommand{"tiny", seconds, "/runs/a b", true, true},
          TrainCommand{"", steps, "/runs/x=y", false, false},
          TrainCommand{},
          PauseCommand{},
          ResumeCommand{epochs},
          ResumeCommand{epochs, 0.5},
          StepCommand{},
          ResetCommand{},
          UndoResetCommand{},
          SetCommand{"flow.lr", "0.002"},
          PresetCommand{"quality"},
          OpenCommand{"a file=1.safetensors"},
          SaveCommand{},
          SaveCommand{"with \"quotes\" and \\.safetensors"},
          ExportCommand{"#1.gif"},
          FigureCommand{"loss", "a b.svg", 85, 60, 300, "grey", "0:100", "0.5:2", "log", true, true, 0.5},
          FigureCommand{"map", "map.pdf"},
          SampleCommand{100, 7, "rk4", 32, 1.5, 18446744073709551615u, "out dir/x.npy", "l.npy", 0, "t.csv"},
          SampleCommand{},
          TimeLapseCommand{"a b.gif", 12, 3, "heun", 32, 1.5, 9},
          ViewStepCommand{120},
          ReconstructCommand{"train", 9, "r.png"},
          LikelihoodCommand{50, 8, false, true, "train", 5, "heun", 30, "a b.csv"},
          LikelihoodCommand{0, 0, true, false, "test", 1, "", 0},
          InvertCommand{"a b.png", -1, "test", 7, "all", 2.5, "heun", 30, "out=1", "t.csv"},
          InvertCommand{"", 12, "train", -1, "3", 1, "", 0, "out"},
          EvaluateCommand{2000},
          JudgeCommand{3, "judge.safetensors"},
          BenchCommand{{"flow-step", "sample-100"}},
          VerifyCommand{"dit=1.safetensors", "", "the vectors.safetensors", 12},
          VerifyCommand{"", "vae.safetensors", "v.safetensors", 0},
          VerifyCommand{"", "both.safetensors", "v.safetensors", 0, true},
          ReplayCommand{"a run", 100, "the model"},
          ReplayCommand{"run"},
          BranchCommand{"a run", 300, "flow.lr=0.002 flow.label_drop=0.2", "the model", steps, "b c", true,
                        "1,final"},
          BranchCommand{"run"},
          CompareCommand{"a=1", "b c", "d", "e", "x y.html", 20, 3, 1.5, 9, 500, 8, true},
          CompareCommand{"a", "b"},
          ShareCommand{"a=1 b", "c d.html", 9},
          ShareCommand{},
          WeightsCommand{"a=b c.safetensors", 4, true},
          ExportWeightsCommand{"velocity", "original", 7, "w.safetensors"},
          ExportWeightsCommand{},
          InspectCommand{"train", "worst", 4, 120, 30},
          LabCommand{"ghost", {{"unlabelled", "off"}}},
          LabCommand{},
          LabRunCommand{"time-grid", {{"steps", "6"}, {"times", ""}}, 9, 4, 1.5, "a b.png"},
          LabRunCommand{"drawing", {{"guidance", "2"}, {"strokes", "1,2 3,4"}}, 7, -1, 1, ""},
          ListRunsCommand{},
          ListRunsCommand{"fast tag:paper", "fd"},
          CompareRunsCommand{"", "second run"},
          CompareRunsCommand{"a", "b", "third run", "d"},
          DeleteRunCommand{"runs/a=b"},
          RestoreRunCommand{"runs/.trash/1/a b"},
          EmptyTrashCommand{},
          LabelRunCommand{"runs/a=b c", "the best", "a \"note\", 100 %", "paper, week 3", "on", ""},
          LabelRunCommand{"runs/a", "", "", "", "off", "name,note"},
          ThinMarksCommand{"runs/a=b"},
          ImportRunCommand{"other/a b"},
          ReflowCommand{20000, fd, "runs/b c", true, "1,final"},
          ResumeRunCommand{"runs/a=b c", fd, true},
          ResumeRunCommand{"runs/a", fd, true, "1,final", 0.25},
          SpeedrunCommand{2.5, Budget{0, 300, 0, 0}, "runs/b c"},
          SpeedrunCommand{},
          VerifySpeedrunCommand{"runs/b c/speedrun.json"},
          SweepCommand{"a b.json", "", "runs/b c", true},
          SweepCommand{"", "{\"seeds\":\n [1, 2]}", ""},
          ViewSweepCommand{"runs/b c"},
          ShippedCommand{},
          BrowseCommand{"/data/some one"},
          BrowseCommand{},
          CancelCommand{},
          QuitCommand{}};
}

TEST(Commands, EveryKindIsInTheRoundTripTest) {
  std::vector<bool> seen(std::variant_size_v<CommandVariant>);
  for (const auto& command : one_of_each()) seen[command.what.index()] = true;
  EXPECT_EQ(seen, std::vector<bool>(seen.size(), true));
}

TEST(Commands, FormatThenParseGivesTheSameCommand) {
  for (const auto& command : one_of_each()) {
    const auto line = format_command(command);
    EXPECT_EQ(line.find('\n'), std::string::npos);
    const auto back = parse_command(line);
    EXPECT_EQ(back.what.index(), command.what.index()) << line;
    EXPECT_EQ(format_command(back), line);
  }
}

TEST(Commands, ValuesSurviveTheRoundTrip) {
  const SampleCommand sample{100, 7, "rk4", 32, 1.5, 18446744073709551615u, "out dir/x.npy", "l.npy"};
  const auto back = std::get<SampleCommand>(parse_command(format_command(sample)).what);
  EXPECT_EQ(back.count, 100);
  EXPECT_EQ(back.digit, 7);
  EXPECT_EQ(back.solver, "rk4");
  EXPECT_EQ(back.nfe, 32);
  EXPECT_EQ(back.guidance, 1.5);
  EXPECT_EQ(back.seed, 18446744073709551615u);
  EXPECT_EQ(back.out, "out dir/x.npy");
  EXPECT_EQ(back.labels, "l.npy");
  Budget budget;
  budget.until_fd = 2.5;
  const auto run = std::get<ResumeRunCommand>(
      parse_command(format_command(ResumeRunCommand{"runs/a=b c", budget, true})).what);
  EXPECT_EQ(run.folder, "runs/a=b c");
  EXPECT_EQ(run.budget.until_fd, 2.5);
  EXPECT_TRUE(run.figures);
}

TEST(Commands, ALineOfTheContractIsRead) {
  const auto train = std::get<TrainCommand>(parse_command("train preset=fast seconds=20").what);
  EXPECT_EQ(train.preset, "fast");
  EXPECT_EQ(train.budget.seconds, 20);
  EXPECT_FALSE(train.figures || train.fresh);
  EXPECT_EQ(std::get<SampleCommand>(parse_command("sample digit=all").what).digit, -1);
}

/// Each line is rejected with a message that names these two things.
struct BadCommand {
  const char *line, *first, *second;
};

TEST(Commands, BadLinesSayWhatIsWrong) {
  const std::vector<BadCommand> lines{
      {"", "empty", "known are"},
      {"trian", "'trian'", "train, undo-reset"},
      {"train seconds=abc", "seconds=abc", "not a number"},
      {"train seconds=", "seconds=", "not a number"},
      {"train seconds=0", "seconds=0", "out of range"},
      {"train steps=2.5", "steps=2.5", "whole number"},
      {"train steps=-1", "steps=-1", "out of range"},
      {"train steps=99999999999999999999", "steps=", "whole number"},
      {"train seconds=5 steps=5", "budget", "one of them"},
      {"train seconds=5 seconds=6", "'seconds'", "twice"},
      {"train preset=best", "'best'", "fast, quality"},
      {"train colour=red", "'colour'", "preset, seconds"},
      {"train figures=maybe", "figures=maybe", "on, off"},
      {"train now", "unexpected", "'now'"},
      {"pause now", "unexpected", "'now'"},
      {"pause a=b", "'a'", "none"},
      {"set flow.lr", "set needs", "a value"},
      {"set flow.lr 7", "flow.lr", "out of range"},
      {"set flow.speed 7", "'flow.speed'", "flow.steps"},
      {"preset", "preset needs", "a name"},
      {"open", "open needs", "a path"},
      {"open \"\"", "open needs", "a path"},
      {"open \"a", "quote", "not closed"},
      {"sample digit=10", "digit=10", "-1 to 9"},
      {"sample count=0", "count=0", "out of range"},
      {"sample solver=simpson", "solver=simpson", "dopri5"},
      {"sample seed=-1", "seed=-1", "not a seed"},
      {"reconstruct split=all", "split=all", "test, train"},
      {"likelihood split=all", "split=all", "test, train"},
      {"likelihood probes=1", "probes=1", "2 to"},
      {"likelihood steps=0", "steps=0", "1 to"},
      {"invert to-class=x", "to-class=x", "all"},
      {"invert label=10", "label=10", "0 to 9"},
      {"inspect order=best", "order=best", "first, worst"},
      {"evaluate count=3", "count=3", "100 to"},
  };
  for (const auto& bad : lines) {
    const auto error = input_error_of([&] { parse_command(bad.line); });
    EXPECT_TRUE(has(error, {bad.first, bad.second})) << "line: " << bad.line;
  }
}

TEST(Commands, KnownWordsAreThoseThatParse) {
  const auto known = command_words();
  for (const auto& command : one_of_each()) {
    const auto word = split_words(format_command(command)).front();
    EXPECT_TRUE(is_command_word(word)) << word;
    EXPECT_EQ(std::count(known.begin(), known.end(), word), 1);
  }
  EXPECT_FALSE(is_command_word("page"));
}

TEST(Commands, ANewerSliderValueReplacesTheQueuedOne) {
  EXPECT_TRUE(same_kind_replaces(SetCommand{"preview.steps", "8"}, SetCommand{"preview.steps", "9"}));
  EXPECT_FALSE(same_kind_replaces(SetCommand{"preview.steps", "8"}, SetCommand{"preview.seed", "9"}));
  EXPECT_TRUE(same_kind_replaces(LabCommand{"ghost", {}}, LabCommand{}));
  EXPECT_TRUE(same_kind_replaces(InspectCommand{}, InspectCommand{}));
  EXPECT_FALSE(same_kind_replaces(InspectCommand{}, BrowseCommand{}));
  for (const Command& once : {Command(StepCommand{}), Command(SaveCommand{}), Command(TrainCommand{})}) {
    EXPECT_FALSE(same_kind_replaces(once, once)) << format_command(once);
  }
}

TEST(Words, AreSplitAtSpacesOutsideQuotes) {
  EXPECT_EQ(split_words(" a  \"b c\"\td\r"), (Words{"a", "b c", "d"}));
  EXPECT_EQ(split_words("out=\"x y\" \"\""), (Words{"out=x y", ""}));
  EXPECT_EQ(split_words("   "), (Words{}));
}

TEST(Words, QuotedGivesTheSameWordBack) {
  for (const std::string word : {"", "plain", "two words", "tab\there", "say \"hi\"", "back\\slash", "b\\ s",
                                 "#1", "line\nbreak", "\\", "ends \\"}) {
    EXPECT_EQ(split_words(quoted(word)), (Words{word}));
    EXPECT_EQ(quoted(word).find('\n'), std::string::npos);
  }
  EXPECT_EQ(quoted("plain"), "plain");
}

}  // namespace
}  // namespace lf
