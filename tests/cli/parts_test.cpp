// The small parts: durations, processor flags, progress lines, locations of files, loading the core
// library.
#include <fcntl.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <climits>
#include <cstdlib>
#include <fstream>
#include <limits>

#include "api/folders.h"
#include "base/cpu_abilities.h"
#include "base/time_text.h"
#include "cli/json_lines.h"
#include "cli/progress.h"
#include "run_cli.h"
#include "scoped_environment.h"
#include "test_paths.h"

namespace lf::cli {
namespace {

TEST(TimeText, ReadsLikeAWatch) {
  EXPECT_EQ(spoken_duration(0.84), "0.8 s");
  EXPECT_EQ(spoken_duration(9.97), "10 s");
  EXPECT_EQ(spoken_duration(59.4), "59 s");
  EXPECT_EQ(spoken_duration(185), "3 min 05 s");
  EXPECT_EQ(spoken_duration(3720), "1 h 02 min");
  EXPECT_EQ(count_text(812), "812");
  EXPECT_EQ(count_text(12400), "12.4k");
  EXPECT_EQ(count_text(999999), "1.0M");
}

TEST(CpuAbilities, ReadsTheFlags) {
  const auto cpu =
      read_cpu_abilities("processor\t: 0\nmodel name\t: Some CPU\nflags\t\t: fpu avx2 avx512f amx_tile\n");
  EXPECT_EQ(cpu.name, "Some CPU");
  const std::vector<std::pair<std::string, bool>> expected{
      {"avx2", true}, {"avx512f", true}, {"avx512_bf16", false}, {"amx", false}};
  EXPECT_EQ(cpu.flags, expected);
  EXPECT_EQ(read_cpu_abilities("").name, "");
}

Snapshot training_snapshot() {
  RunBlock run;
  run.phase = Phase::Flow;
  run.running = true;
  run.step = 630;
  run.step_total = 1404;
  run.loss = 0.21345;
  run.digits_per_second = 12400;
  run.seconds = 45;
  run.seconds_left = 52;
  run.progress = 0.6;
  Snapshot snapshot;
  snapshot.run = std::make_shared<RunBlock>(run);
  return snapshot;
}

TEST(Progress, SaysHowFarAndHowLong) {
  const auto snapshot = training_snapshot();
  EXPECT_EQ(progress_text(snapshot), "flow 630/1404 · loss 0.2135 · 12.4k digits/s · 45 s · 52 s left");
  EXPECT_DOUBLE_EQ(progress_share(snapshot), 0.6);
}

TEST(Progress, AJobComesBeforeTheRun) {
  auto snapshot = training_snapshot();
  JobBlock job;
  job.active = true;
  job.name = "evaluating 10,000 samples";
  job.progress = 0.25;
  job.seconds_left = 61;
  snapshot.job = std::make_shared<JobBlock>(job);
  EXPECT_EQ(progress_text(snapshot), "evaluating 10,000 samples · 25 % · 1 min 01 s left");
  EXPECT_DOUBLE_EQ(progress_share(snapshot), 0.25);
}

int64_t line_count(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

TEST(Progress, LinesComeOnceASecondAndAtEveryChange) {
  std::ostringstream out;
  const auto lines = make_lines(out);
  auto snapshot = training_snapshot();
  for (int i = 0; i < 5; ++i) lines->show(snapshot);
  EXPECT_EQ(line_count(out.str()), 1);
  RunBlock run = *snapshot.run;
  run.phase = Phase::Evaluating;
  snapshot.run = std::make_shared<RunBlock>(run);
  lines->show(snapshot);
  EXPECT_EQ(line_count(out.str()), 2);
}

TEST(Progress, TheBarFitsAndGivesWayToLines) {
  std::ostringstream out;
  int columns = kLeastBarColumns;
  const auto bar = make_bar(out, [&] { return columns; });
  auto snapshot = training_snapshot();
  RunBlock run = *snapshot.run;
  run.announcements = {"figure 1 is written"};
  snapshot.run = std::make_shared<RunBlock>(run);
  bar->show(snapshot);
  EXPECT_EQ(line_count(out.str()), 1) << "the announcement alone";
  const std::string drawn = out.str().substr(out.str().rfind('\r') + 1);
  EXPECT_LT(drawn.size() - std::string("\033[K").size(),
            size_t(kLeastBarColumns) + 3 * 24);  // blocks: 3 bytes
  columns = kLeastBarColumns - 1;
  for (int i = 0; i < 5; ++i) bar->show(snapshot);
  EXPECT_EQ(line_count(out.str()), 2) << out.str();
  EXPECT_TRUE(has(out.str(), {"\r\033[Kflow 630/1404"}));
}

/// A separate terminal for a test, with a size.
class Terminal {
 public:
  explicit Terminal(unsigned short columns) {
    winsize size{24, columns, 0, 0};
    EXPECT_EQ(openpty(&master_, &slave_, nullptr, nullptr, &size), 0);
  }
  ~Terminal() {
    close(master_);
    close(slave_);
  }
  int descriptor() const { return slave_; }

 private:
  int master_ = -1, slave_ = -1;
};

TEST(BarColumns, AreThoseOfTheTerminalAndOfColumns) {
  const testing::ScopedEnvironment term("TERM", "xterm"), unset("COLUMNS", nullptr);
  const Terminal wide(120), narrow(20), unknown(0);
  EXPECT_EQ(bar_columns(wide.descriptor()), 120);
  EXPECT_EQ(bar_columns(narrow.descriptor()), 20);
  EXPECT_EQ(bar_columns(unknown.descriptor()), 0);
  for (const auto& [text, columns] :
       {std::pair{"30", 30}, {"200", 120}, {"", 120}, {"-3", 120}, {"wide", 120}}) {
    const testing::ScopedEnvironment named("COLUMNS", text);
    EXPECT_EQ(bar_columns(wide.descriptor()), columns) << text;
  }
  const testing::ScopedEnvironment named("COLUMNS", "80");
  EXPECT_EQ(bar_columns(unknown.descriptor()), 80);
  for (const char* name : {"dumb", "", "unknown"}) {
    const testing::ScopedEnvironment other("TERM", name);
    EXPECT_EQ(bar_columns(wide.descriptor()), 0) << name;
  }
  const testing::ScopedEnvironment none("TERM", nullptr);
  EXPECT_EQ(bar_columns(wide.descriptor()), 0);
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);
  const testing::ScopedEnvironment again("TERM", "xterm");
  EXPECT_EQ(bar_columns(pipe_ends[1]), 0);
  close(pipe_ends[0]);
  close(pipe_ends[1]);
}

TEST(Progress, TheBarIsDrawnOverItselfAndRemoved) {
  std::ostringstream out;
  const auto bar = make_bar(out, [] { return 100; });
  bar->show(training_snapshot());
  EXPECT_TRUE(has(out.str(), {"\r", "630/1404"}));
  EXPECT_EQ(out.str().find('\n'), std::string::npos);
  bar->close();
  EXPECT_EQ(out.str().substr(out.str().size() - 4), "\r\033[K");
}

TEST(JsonLines, PhasesAreTheContracts) {
  RunBlock run;
  Snapshot snapshot;
  const auto phase_of = [&] {
    snapshot.run = std::make_shared<RunBlock>(run);
    return event_line("progress", snapshot)["phase"].get<std::string>();
  };
  EXPECT_EQ(phase_of(), "loading");
  run.phase = Phase::Idle;
  EXPECT_EQ(phase_of(), "loading");
  run.phase = Phase::Flow;
  run.running = true;
  EXPECT_EQ(phase_of(), "flow");
  run.running = false;
  run.resumable = true;
  EXPECT_EQ(phase_of(), "paused");
}

TEST(JsonLines, OddNumbersAndBytesStayReadable) {
  RunBlock run;
  run.loss = std::numeric_limits<double>::quiet_NaN();
  run.message = "file \xff.png";
  Snapshot snapshot;
  snapshot.run = std::make_shared<RunBlock>(run);
  const auto line = line_text(event_line("progress", snapshot));
  EXPECT_TRUE(nlohmann::json::parse(line)["loss"].is_null());
  EXPECT_EQ(line.find('\n'), std::string::npos);
}

TEST(Folders, AssetsAreFoundBesideInstalledAndAboveTheProgram) {
  const TemporaryFolder folder;
  namespace fs = std::filesystem;
  const auto make = [&](const std::string& path) {
    fs::create_directories(folder / path);
    std::ofstream(folder / (path + "/judge.safetensors")) << "x";
  };
  fs::create_directories(folder / "tree/build/release/bin");
  make("tree/assets");
  EXPECT_EQ(find_assets_from(folder / "tree/build/release/bin"), folder / "tree/assets");
  fs::create_directories(folder / "usr/bin");
  make("usr/share/latentflow");
  EXPECT_EQ(find_assets_from(folder / "usr/bin"), folder / "usr/share/latentflow");
  make("usr/bin/assets");
  EXPECT_EQ(find_assets_from(folder / "usr/bin"), folder / "usr/bin/assets");
}

TEST(Folders, FollowTheEnvironment) {
  const TemporaryFolder folder;
  setenv("XDG_DATA_HOME", "/d", 1);
  setenv("XDG_CONFIG_HOME", "relative", 1);
  setenv("HOME", folder.text().c_str(), 1);
  EXPECT_EQ(default_runs_folder(), "/d/latentflow/runs");
  EXPECT_EQ(default_judges_folder(), "/d/latentflow/judges");
  EXPECT_EQ(default_config_folder(), folder / ".config/latentflow") << "a relative XDG folder is ignored";
  unsetenv("XDG_DATA_HOME");
  EXPECT_EQ(default_runs_folder(), folder / ".local/share/latentflow/runs");
  setenv("LATENTFLOW_ASSETS", "/a", 1);
  EXPECT_EQ(default_assets_folder(), "/a");
  unsetenv("LATENTFLOW_ASSETS");
}

/// Points the loader at the library that was built for this test.
class FakeCore {
 public:
  FakeCore() { setenv("LATENTFLOW_CORE", FAKE_CORE, 1); }
  ~FakeCore() { unsetenv("LATENTFLOW_CORE"); }
};

TEST(LoadCore, MakesTheExperimentBehindTheDoor) {
  const FakeCore core;
  unsetenv("OMP_WAIT_POLICY");
  unsetenv("GOMP_SPINCOUNT");
  ExperimentOptions options;
  options.preset = "tiny";
  const auto workload = load_experiment(options);
  ASSERT_NE(workload, nullptr);
  Snapshot snapshot;
  workload->describe(snapshot);
  EXPECT_EQ(snapshot.run->preset, "tiny");
  EXPECT_STREQ(std::getenv("OMP_WAIT_POLICY"), "PASSIVE");
  EXPECT_STREQ(std::getenv("GOMP_SPINCOUNT"), "3000") << "a short spin before sleep";
  EXPECT_EQ(core_torch_version(), "fake");
  EXPECT_TRUE(core_accelerator().found);
  EXPECT_EQ(core_accelerator().text, "Fake Card");
  EXPECT_THROW(workload->apply(StepCommand{}), InputError) << "types of errors pass the door";
}

TEST(LoadCore, KeepsAWaitPolicyThatIsSet) {
  const FakeCore core;
  setenv("OMP_WAIT_POLICY", "ACTIVE", 1);
  unsetenv("GOMP_SPINCOUNT");
  load_experiment({});
  EXPECT_STREQ(std::getenv("OMP_WAIT_POLICY"), "ACTIVE");
  EXPECT_EQ(std::getenv("GOMP_SPINCOUNT"), nullptr) << "it would overrule the policy";
  setenv("OMP_WAIT_POLICY", "PASSIVE", 1);
}

TEST(LoadCore, KeepsASpinCountThatIsSet) {
  const FakeCore core;
  unsetenv("OMP_WAIT_POLICY");
  setenv("GOMP_SPINCOUNT", "17", 1);
  load_experiment({});
  EXPECT_STREQ(std::getenv("OMP_WAIT_POLICY"), "PASSIVE");
  EXPECT_STREQ(std::getenv("GOMP_SPINCOUNT"), "17");
  unsetenv("GOMP_SPINCOUNT");
}

TEST(LoadCore, AFolderThatIsGoneStaysTheWorkingFolder) {
  const FakeCore core;
  const int before = open(".", O_PATH | O_DIRECTORY);
  {
    const TemporaryFolder folder;
    ASSERT_EQ(chdir(folder.text().c_str()), 0);
  }
  EXPECT_NE(load_experiment({}), nullptr);
  char path[PATH_MAX];
  EXPECT_EQ(getcwd(path, sizeof path), nullptr) << "relative names must not mean another folder now";
  EXPECT_EQ(fchdir(before), 0);
  close(before);
}

TEST(LoadCore, ErrorsKeepTheirKind) {
  const FakeCore core;
  ExperimentOptions options;
  options.preset = "input error";
  EXPECT_EQ(input_error_of([&] { load_experiment(options); }), "the fake refuses its input");
  options.preset = "run error";
  EXPECT_THROW(load_experiment(options), RunError);
}

TEST(LoadCore, AFileThatIsNoLibraryIsExplained) {
  const TemporaryFolder folder;
  std::ofstream(folder / "core.so") << "text";
  setenv("LATENTFLOW_CORE", (folder / "core.so").c_str(), 1);
  try {
    load_experiment({});
    ADD_FAILURE() << "nothing was thrown";
  } catch (const RunError& error) {
    EXPECT_TRUE(has(error.what(), {"core.so", "cannot be opened", "./dev build"}));
  }
  unsetenv("LATENTFLOW_CORE");
}

}  // namespace
}  // namespace lf::cli
