#include "protocol/script.h"

#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "input_error_of.h"

namespace lf {
namespace {

Snapshot snapshot_with(RunBlock run) {
  Snapshot snapshot;
  snapshot.run = std::make_shared<RunBlock>(std::move(run));
  return snapshot;
}

WaitAction wait_of(const std::string& line) {
  return std::get<WaitAction>(parse_script(line, "s").at(0).action);
}

TEST(Script, ReadsCommandsViewsAndWaitsInOrder) {
  const auto lines = parse_script(
      "# a recorded session\n\ntrain preset=tiny steps=10  # go\r\npage flow-lab\nt 0.5\nwait flow.step >= "
      "5\n"
      "screenshot \"shots/a #1.png\"\nview loss log\nplay\nwait 0.25\nquit",
      "session.script");
  ASSERT_EQ(lines.size(), 9u);
  EXPECT_EQ(lines[0].number, 3);
  EXPECT_EQ(lines[0].text, "train preset=tiny steps=10");
  EXPECT_EQ(std::get<TrainCommand>(std::get<Command>(lines[0].action).what).budget.steps, 10);
  EXPECT_EQ(std::get<ViewAction>(lines[1].action).arguments.at(0), "flow-lab");
  const auto& wait = std::get<WaitAction>(lines[3].action);
  EXPECT_EQ(wait.name + wait.comparison + wait.value, "flow.step>=5");
  EXPECT_EQ(std::get<ViewAction>(lines[4].action).arguments.at(0), "shots/a #1.png");
  EXPECT_EQ(std::get<ViewAction>(lines[5].action).arguments.size(), 2u);
  EXPECT_EQ(std::get<WaitAction>(lines[7].action).seconds, 0.25);
  EXPECT_EQ(lines[8].number, 11);
}

TEST(Script, TheCommandLogIsAScript) {
  const std::string log = format_command(TrainCommand{"fast", {}, "runs/a \"b\" #2", true, true}) + "\n" +
                          format_command(SetCommand{"flow.lr", "0.001"}) + "\n";
  const auto lines = parse_script(log, "commands.log");
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(std::get<TrainCommand>(std::get<Command>(lines[0].action).what).out, "runs/a \"b\" #2");
}

struct BadLine {
  const char *line, *first, *second;
};

TEST(Script, BadLinesNameFileLineAndWord) {
  const std::vector<BadLine> lines{{"jump", "'jump'", "screenshot"},
                                   {"jump", "resume-run", "wait"},
                                   {"set flow.lr x", "flow.lr", "'x'"},
                                   {"t 1.5", "t 1.5", "0 to 1"},
                                   {"t now", "t now", "number"},
                                   {"page", "page", "needs"},
                                   {"page a b", "unexpected", "'b'"},
                                   {"play fast", "unexpected", "'fast'"},
                                   {"loop maybe", "maybe", "on or off"},
                                   {"view loss", "view", "needs"},
                                   {"screenshot .bashrc", "screenshot: .bashrc", ".png"},
                                   {"picture a.txt", "picture: a.txt", ".png"},
                                   {"wait", "seconds", "condition"},
                                   {"wait -1", "seconds", "'-1'"},
                                   {"wait nan", "seconds", "'nan'"},
                                   {"wait flow.stepp>=3", "'flow.stepp'", "flow.step"},
                                   {"wait flow.step=>3", "'=>'", ">="},
                                   {"wait flow.step>=", "''", "number"},
                                   {"wait flow.step>=ten", "'ten'", "number"},
                                   {"wait phase=cooking", "'cooking'", "evaluating"},
                                   {"wait phase>flow", "phase", "!="},
                                   {"page \"x", "quote", "closed"}};
  for (const auto& bad : lines) {
    const auto error =
        input_error_of([&] { parse_script(std::string("pause\n\n") + bad.line, "my.script"); });
    EXPECT_TRUE(has(error, {"my.script:3: ", bad.first, bad.second})) << bad.line;
    EXPECT_EQ(error.find("my.script", 1), std::string::npos) << "the place is named once: " << error;
  }
}

TEST(Wait, ComparesNumbersAsNumbers) {
  RunBlock run;
  run.flow_step = 100;
  run.seconds = 9.5;
  const auto snapshot = snapshot_with(run);
  for (const char* yes :
       {"wait flow.step>=100", "wait flow.step=100.0", "wait flow.step==100", "wait flow.step<=1e2",
        "wait flow.step>99", "wait flow.step<101", "wait flow.step!=9", "wait seconds<10",
        "wait phase=loading", "wait phase!=done", "wait running=0", "wait 3"}) {
    EXPECT_TRUE(wait_satisfied(wait_of(yes), snapshot)) << yes;
  }
  for (const char* no :
       {"wait flow.step>100", "wait flow.step<100", "wait flow.step!=100", "wait flow.step=1000",
        "wait seconds>10", "wait phase=done", "wait errors>0", "wait preview>=1"}) {
    EXPECT_FALSE(wait_satisfied(wait_of(no), snapshot)) << no;
  }
}

TEST(Wait, WhatIsNotMeasuredYetSatisfiesNothing) {
  Snapshot snapshot;
  for (const char* line : {"wait fd<100", "wait fd>=0", "wait loss<1000", "wait loss!=5"}) {
    EXPECT_FALSE(wait_satisfied(wait_of(line), snapshot)) << line;
  }
  RunBlock run;
  run.step = 1;
  run.loss = 0.5;
  auto measured = snapshot_with(run);
  QualityBlock quality;
  quality.live.valid = true;
  quality.live.fd = 12;
  measured.quality = std::make_shared<QualityBlock>(quality);
  EXPECT_TRUE(wait_satisfied(wait_of("wait loss<1"), measured));
  EXPECT_TRUE(wait_satisfied(wait_of("wait fd<100"), measured));
  quality.full.valid = true;
  quality.full.fd = 3;
  measured.quality = std::make_shared<QualityBlock>(quality);
  EXPECT_EQ(script_value("fd", measured), "3");
}

TEST(Script, NothingIsReachedWhileACommandWaitsForTheDigits) {
  Snapshot snapshot;
  auto run = std::make_shared<RunBlock>();
  run->flow_step = 4200;  // of the previous model
  run->commands_waiting = 1;
  snapshot.run = run;
  EXPECT_FALSE(wait_satisfied(wait_of("wait flow.step>=3"), snapshot));
}

TEST(Wait, EveryPhaseCanBeWaitedFor) {
  for (int p = 0; p <= static_cast<int>(Phase::Failed); ++p) {
    RunBlock run;
    run.phase = static_cast<Phase>(p);
    const auto line = std::string("wait phase=") + phase_name(run.phase);
    EXPECT_TRUE(wait_satisfied(wait_of(line), snapshot_with(run))) << line;
  }
}

TEST(ScriptText, IsReadWhateverProgramWroteIt) {
  const std::string plain = "preset tiny\nt 0.5\nset flow.lr 0.001\n";
  const std::vector<std::string> same{
      "\uFEFF" + plain,
      "preset tiny\r\nt 0.5\r\nset flow.lr 0.001",
      "preset tiny\rt 0.5\rset flow.lr 0.001\r",
      "preset\u00A0tiny\n\u00A0t\u2003 0.5\u00A0# half\nset\u3000flow.lr\u202F0.001\n",
      "preset\ttiny \t\n\ft 0.5\v\nset \uFEFFflow.lr 0.0\u200B01\n\u00A0\n",
      "preset tiny # a \u201Ccomment\u201D, even in Latin-1: \xE9\nt 0.5\nset flow.lr 0.001"};
  for (const auto& text : same) {
    const auto lines = parse_script(text, "s");
    ASSERT_EQ(lines.size(), 3u) << text;
    EXPECT_EQ(std::get<PresetCommand>(std::get<Command>(lines[0].action).what).name, "tiny") << text;
    EXPECT_EQ(std::get<ViewAction>(lines[1].action).arguments.at(0), "0.5") << text;
    EXPECT_EQ(std::get<SetCommand>(std::get<Command>(lines[2].action).what).value, "0.001") << text;
  }
  EXPECT_EQ(parse_script("pause\rpause\r\npause\n", "s").back().number, 3);
}

TEST(ScriptText, InAnotherEncodingIsToldAsSuch) {
  const std::string zero(1, '\0');
  const std::vector<std::pair<std::string, std::string>> refused{
      {"\xff\xfep" + zero + "a" + zero, "s: this is UTF-16; save it as UTF-8"},
      {"\xfe\xff" + zero + "p" + zero + "a", "this is UTF-16"},
      {"p" + zero + "a" + zero + "u" + zero, "this is UTF-16"},
      {zero + "p" + zero + "a" + zero + "u", "this is UTF-16"},
      {"\xff\xfe" + zero + zero + "p" + zero + zero + zero, "this is UTF-32"},
      {zero + zero + "\xfe\xff" + zero + zero + zero + "p", "this is UTF-32"},
      {"pause\nstop\npau" + zero + "se", "s:3: there is a NUL byte; this is not a text file"},
      {"paus\xE9\n", "the line is not UTF-8; save the script as UTF-8"},
      {"pause\nopen \u201Cmy file.png\u201D", "s:2: a typographic quote (\u201C) opens a word"},
      {"sample out=\u201Ex y.png\u201C", "typographic quote"}};
  for (const auto& [text, why] : refused)
    EXPECT_TRUE(has(input_error_of([&] { parse_script(text, "s"); }), {why})) << text;
}

TEST(ScriptText, KeepsNamesThatStandInQuotes) {
  const std::string odd = "Photo\u202F1 \u201Cmine\u201D \\ \xE9.png";  // a file name may contain any bytes
  for (const std::string& name : {odd, std::string("l'\u00E9t\u00E9\u2019s.png"), std::string("a\fb.png")}) {
    const auto lines = parse_script(format_command(OpenCommand{name}), "log");
    EXPECT_EQ(std::get<OpenCommand>(std::get<Command>(lines.at(0).action).what).path, name);
  }
}

TEST(ScriptText, ALongLineIsNamedInAShortError) {
  const auto error = input_error_of([] { parse_script(std::string(100000, 'x'), "s"); });
  EXPECT_LT(error.size(), 1000u);
  EXPECT_TRUE(has(error, {"s:1: unknown word 'xxx", "known are wait"}));
  const auto open = input_error_of([] { parse_script("open \"" + std::string(100000, 'x'), "s"); });
  EXPECT_LT(open.size(), 1000u);
}

TEST(ScriptFile, IsReadWholeAndNeverWithoutEnd) {
  const std::string path = ::testing::TempDir() + "/latentflow_script_" + std::to_string(getpid());
  const std::string text = "pause\n" + std::string(200000, '#');
  std::ofstream(path, std::ios::binary) << text;
  EXPECT_EQ(read_script_file(path), text);
  std::remove(path.c_str());
  EXPECT_TRUE(has(input_error_of([&] { read_script_file(path); }), {path, "cannot be read"}));
  EXPECT_TRUE(has(input_error_of([&] { read_script_file(::testing::TempDir()); }), {"cannot be read"}));
  EXPECT_TRUE(has(input_error_of([&] { read_script_file("/dev/zero"); }), {"16 MiB"}));
}

}  // namespace
}  // namespace lf
