// The subcommands with a fake workload: their commands, output and exit codes.
#include <csignal>
#include <fstream>

#include "run_cli.h"

namespace lf::cli {
namespace {

TEST(Train, AsksForWhatTheOptionsSay) {
  const TemporaryFolder folder;
  const auto run = run_cli({"train", "--preset", "tiny", "--steps", "40", "--seed", "5", "--threads", "2",
                            "--device", "cpu", "--set", "flow.lr=0.0020", "flow.batch=64", "--data",
                            folder.text(), "--out", folder / "run", "--figures"});
  EXPECT_EQ(run.code, 0) << run.error;
  for (const char* line : {"preset tiny", "set seed 5", "set threads 2", "set device cpu",
                           "set flow.lr 0.002", "set flow.batch 64", "quit"}) {
    EXPECT_TRUE(run.asked(line)) << line;
  }
  EXPECT_TRUE(run.asked("train steps=40 out=" + (folder / "run") + " figures=on fresh=on"));
  EXPECT_EQ(run.record->options.data, folder.text());
  EXPECT_EQ(run.record->options.preset, "tiny");
  EXPECT_FALSE(run.record->options.previews || run.record->options.open_model);
  EXPECT_TRUE(run.record->finished);
  EXPECT_EQ(run.record->step, 30);
  EXPECT_TRUE(has(run.out, {"train is done", "runs/fake/model.safetensors"}));
  EXPECT_TRUE(has(run.error, {"loading\n", "flow 0/30\n", "done"}));
}

TEST(Train, WithoutAPresetACardGetsQualityAndTheProcessorFast) {
  FakeRecord card;
  card.accelerator = true;
  EXPECT_EQ(run_cli({"train"}).record->options.preset, "fast");
  EXPECT_EQ(run_cli({"train"}, card).record->options.preset, "quality");
  EXPECT_EQ(run_cli({"train", "--device", "cpu"}, card).record->options.preset, "fast");
  EXPECT_EQ(run_cli({"train", "--set", "device=cpu"}, card).record->options.preset, "fast");
  EXPECT_EQ(run_cli({"train", "--preset", "tiny"}, card).record->options.preset, "tiny");
}

TEST(Train, JsonHasOneObjectPerLineAndEndsWithDone) {
  FakeRecord wishes;
  wishes.json = {R"({"fd": 3.5, "phase": "nonsense"})"};
  const auto run = run_cli({"train", "--preset", "tiny", "--json"}, wishes);
  ASSERT_EQ(run.code, 0) << run.error;
  EXPECT_EQ(run.error, "");
  const auto lines = run.json_lines();
  ASSERT_GE(lines.size(), 3u);
  for (const auto& line : lines) {
    for (const char* key : {"event", "phase", "step", "seconds", "loss"})
      EXPECT_TRUE(line.contains(key)) << line;
  }
  EXPECT_EQ(lines.front()["phase"], "loading");
  const auto& done = lines.back();
  EXPECT_EQ(done["event"], "done");
  EXPECT_EQ(done["phase"], "done");
  EXPECT_EQ(done["step"], 30);
  EXPECT_EQ(done["fd"], 3.5);
  EXPECT_EQ(done["paths"].at(0), "runs/fake/model.safetensors");
  for (size_t i = 0; i + 1 < lines.size(); ++i) EXPECT_NE(lines[i]["event"], "done");
}

TEST(Train, ResumesARun) {
  const TemporaryFolder folder;
  std::ofstream(folder / "checkpoint.safetensors") << "state";
  const auto run = run_cli({"train", "--resume", folder.text(), "--seconds", "20", "--figures"});
  EXPECT_EQ(run.code, 0) << run.error;
  EXPECT_TRUE(run.asked("resume-run " + folder.text() + " seconds=20 figures=on"));
}

TEST(Train, InterruptionSavesAndEndsWithZero) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGXCPU, SIGRTMIN + 1}) {
    FakeRecord wishes;
    wishes.steps = 1000000;
    wishes.on_step = [signal](int64_t step) {
      if (step == 10) std::raise(signal);
    };
    const auto run = run_cli({"train", "--preset", "tiny"}, wishes);
    EXPECT_EQ(run.code, 0) << run.error;
    EXPECT_EQ(run.record->step, 10);
    EXPECT_TRUE(run.asked("quit"));
    EXPECT_TRUE(run.record->finished);
    EXPECT_TRUE(has(run.error, {"saved", "latentflow train --resume runs/fake"}));
  }
}

TEST(Train, AnInterruptedJsonRunStillEndsWithDone) {
  FakeRecord wishes;
  wishes.steps = 1000000;
  wishes.on_step = [](int64_t step) {
    if (step == 3) std::raise(SIGINT);
  };
  const auto lines = run_cli({"train", "--json"}, wishes).json_lines();
  EXPECT_EQ(lines.back()["event"], "done");
  EXPECT_EQ(lines.back()["interrupted"], true);
  EXPECT_EQ(lines.back()["paths"].at(0), "runs/fake");
}

TEST(Errors, NoticesDecideTheExitCode) {
  for (const bool input : {true, false}) {
    FakeRecord wishes;
    wishes.notice = "train-images is truncated; fetch it again";
    wishes.notice_was_input = input;
    const auto run = run_cli({"train", "--preset", "tiny"}, wishes);
    EXPECT_EQ(run.code, input ? 2 : 1);
    EXPECT_TRUE(has(run.error, {"latentflow: train-images is truncated; fetch it again\n"}));
    EXPECT_TRUE(run.record->finished) << "the workload must be able to save";
  }
}

TEST(Errors, ExceptionsOfTheWorkloadAreReportedAndDecideTheExitCode) {
  FakeRecord wishes;
  wishes.on_step = [](int64_t) { throw RunError("disk full:\nruns/fake"); };
  const auto run = run_cli({"train", "--json"}, wishes);
  EXPECT_EQ(run.code, 1);
  EXPECT_EQ(run.error, "latentflow: disk full: runs/fake\n");
  ASSERT_EQ(run.record->reported.size(), 1u);
  EXPECT_TRUE(run.record->finished);
  const auto last = run.json_lines().back();
  EXPECT_EQ(last["event"], "failed");
  EXPECT_EQ(last["phase"], "failed");
  wishes.on_step = [](int64_t) { throw InputError("bad"); };
  EXPECT_EQ(run_cli({"train"}, wishes).code, 2);
}

TEST(Errors, AJobWithoutAResultFails) {
  FakeRecord wishes;
  wishes.silent_jobs = true;
  const auto run = run_cli({"eval"}, wishes);
  EXPECT_EQ(run.code, 1);
  EXPECT_TRUE(has(run.error, {"evaluate", "without a result"}));
}

TEST(Errors, AMissingCoreLibraryIsExplained) {
  CliHooks hooks;
  std::ostringstream out, error;
  hooks.out = &out;
  hooks.error = &error;
  setenv("LATENTFLOW_CORE", "/nowhere/core.so", 1);
  std::string program = "latentflow", verb = "info";
  char* argv[] = {program.data(), verb.data()};
  EXPECT_EQ(cli_main(2, argv, hooks), 1);
  unsetenv("LATENTFLOW_CORE");
  EXPECT_TRUE(has(error.str(), {"/nowhere/core.so", "./dev build"}));
}

TEST(Sample, AsksAndPrints) {
  const TemporaryFolder folder;
  const auto out = folder / "x.npy", labels = folder / "y.npy";
  const auto run = run_cli({"sample", "--count", "10000", "--digit", "3", "--solver", "rk4", "--nfe", "64",
                            "--guidance", "1.5", "--seed", "7", "--out", out, "--labels", labels});
  EXPECT_EQ(run.code, 0) << run.error;
  EXPECT_TRUE(run.asked("sample count=10000 digit=3 solver=rk4 nfe=64 guidance=1.5 seed=7 out=" + out +
                        " labels=" + labels));
  EXPECT_EQ(run.out, "sample is done\n");
}

TEST(Sample, InterruptedMeansNothingWasMade) {
  const TemporaryFolder folder;
  FakeRecord wishes;
  wishes.on_job = [] { std::raise(SIGINT); };
  wishes.silent_jobs = true;
  const auto run = run_cli({"sample", "--out", folder / "x.png"}, wishes);
  EXPECT_EQ(run.code, 1);
  EXPECT_TRUE(has(run.error, {"sample was interrupted"}));
}

TEST(Reconstruct, Asks) {
  const TemporaryFolder folder;
  const auto run = run_cli({"reconstruct", "--split", "train", "--count", "9", "--out", folder / "r.png"});
  EXPECT_EQ(run.code, 0) << run.error;
  EXPECT_TRUE(run.asked("reconstruct split=train count=9 out=" + (folder / "r.png")));
}

TEST(Likelihood, AsksAndPrintsWordsOrJson) {
  const TemporaryFolder folder;
  FakeRecord wishes;
  wishes.json = {R"({"event":"digit"})", R"({"event":"done"})"};
  wishes.table = {"400 test digits", "bits"};
  const auto out = folder / "f.csv";
  const auto words =
      run_cli({"likelihood", "--digits", "50", "--probes", "8", "--split", "train", "--seed", "3", "--solver",
               "heun", "--steps", "20", "--unlabelled", "--data", folder.text(), "--out", out},
              wishes);
  EXPECT_EQ(words.code, 0) << words.error;
  EXPECT_EQ(words.out, "400 test digits\nbits\n");
  EXPECT_TRUE(
      words.asked("likelihood digits=50 probes=8 unlabelled=on split=train seed=3 solver=heun "
                  "steps=20 out=" +
                  out));
  EXPECT_EQ(words.record->options.data, folder.text());
  const auto json = run_cli({"likelihood", "--exact", "--json"}, wishes);
  EXPECT_TRUE(json.asked("likelihood exact=on split=test seed=1"));
  EXPECT_EQ(json.out, wishes.json[0] + "\n" + wishes.json[1] + "\n");
  EXPECT_EQ(json.error, "");
}

TEST(Likelihood, InterruptedMeansNothingWasMade) {
  FakeRecord wishes;
  wishes.on_job = [] { std::raise(SIGINT); };
  wishes.silent_jobs = true;
  const auto run = run_cli({"likelihood"}, wishes);
  EXPECT_EQ(run.code, 1);
  EXPECT_TRUE(has(run.error, {"likelihood was interrupted"}));
}

TEST(Invert, AsksForADigitOrAPicture) {
  const TemporaryFolder folder;
  FakeRecord wishes;
  wishes.json = {R"({"event":"done"})"};
  wishes.table = {"test digit 12", "round trip"};
  const auto out = folder / "out";
  const auto digit =
      run_cli({"invert", "--digit", "12", "--split", "train", "--data", folder.text(), "--out", out}, wishes);
  EXPECT_EQ(digit.code, 0) << digit.error;
  EXPECT_TRUE(digit.asked("invert digit=12 split=train guidance=1 out=" + out));
  EXPECT_EQ(digit.record->options.data, folder.text());
  EXPECT_TRUE(digit.record->options.need_data);
  EXPECT_EQ(digit.out, "test digit 12\nround trip\n");
  EXPECT_FALSE(std::filesystem::exists(out)) << "the job makes it";
  std::ofstream(folder / "x.png") << "a picture";
  const auto picture =
      run_cli({"invert", folder / "x.png", "--label", "7", "--to-class", "all", "--guidance", "2", "--solver",
               "heun", "--steps", "99", "--trajectory", folder / "t.csv", "--out", out, "--json"},
              wishes);
  EXPECT_TRUE(picture.asked("invert picture=" + (folder / "x.png") +
                            " split=test label=7 to-class=all guidance=2 solver=heun steps=99 out=" + out +
                            " trajectory=" + (folder / "t.csv")))
      << picture.error;
  EXPECT_FALSE(picture.record->options.need_data) << "a picture needs no data set";
  EXPECT_EQ(picture.out, wishes.json[0] + "\n");
}

TEST(Eval, PrintsJsonOrTable) {
  FakeRecord wishes;
  wishes.json = {R"({"fd":2.7,"psnr":22.4})"};
  wishes.table = {"FD     2.70 %", "PSNR  22.4 dB"};
  const auto json = run_cli({"eval", "--count", "2000", "--json"}, wishes);
  EXPECT_EQ(json.code, 0);
  EXPECT_EQ(json.out, wishes.json[0] + "\n");
  EXPECT_EQ(json.error, "");
  EXPECT_TRUE(json.asked("evaluate count=2000"));
  EXPECT_EQ(run_cli({"eval"}, wishes).out, "FD     2.70 %\nPSNR  22.4 dB\n");
}

TEST(Judge, Asks) {
  const TemporaryFolder folder;
  const auto run =
      run_cli({"judge", "--seed", "4", "--data", folder.text(), "--out", folder / "j.safetensors"});
  EXPECT_EQ(run.code, 0) << run.error;
  EXPECT_TRUE(run.asked("judge seed=4 out=" + (folder / "j.safetensors")));
  EXPECT_EQ(run.record->options.data, folder.text());
}

TEST(Bench, AsksForAllThatThisBuildHas) {
  FakeRecord wishes;
  wishes.table = {bench_heading(), "flow-step 12.0"};
  const auto run = run_cli({"bench"}, wishes);
  EXPECT_EQ(run.code, 0) << run.error;
  EXPECT_TRUE(run.asked(
      "bench yardstick-f32 yardstick-f32-large yardstick-memory yardstick-bf16 autoencoder-step latent-cache "
      "flow-step sample-1 sample-100 sample-10000 decode-100 evaluator original-step"));
  EXPECT_EQ(run.out, bench_heading() + "\nflow-step 12.0\n") << "one heading, the core's";
  EXPECT_FALSE(run.record->options.allow_download);
}

TEST(Judge, IsNamedForEveryScoreAndKeptInTheDataHome) {
  const TemporaryFolder folder;
  const std::string judge = folder / "j.safetensors", script = folder / "s.txt";
  std::ofstream(judge) << "judge";
  std::ofstream(script) << "sample count=1 out=x.png\n";
  const std::vector<std::vector<std::string>> calls{{"eval", "--judge", judge},
                                                    {"train", "--preset", "tiny", "--judge", judge},
                                                    {"run", script, "--judge", judge}};
  for (const auto& words : calls) {
    const auto run = run_cli(words);
    EXPECT_EQ(run.code, 0) << run.error;
    EXPECT_EQ(run.record->options.judge, judge) << words[0];
    EXPECT_EQ(run.record->options.judges, default_judges_folder()) << words[0];
    EXPECT_FALSE(run.record->options.falls_back) << "without a window what is missing ends the command";
  }
  EXPECT_EQ(run_cli({"eval", "--data", folder.text()}).record->options.data, folder.text());
}

TEST(Info, NamesVersionTorchProcessorDataAndModel) {
  const auto words = run_cli({"info"});
  EXPECT_EQ(words.code, 0) << words.error;
  EXPECT_TRUE(has(words.out, {"0.1.0", "9.9.9", "avx2", "MNIST", "bundled model", "CPU · 2 threads",
                              "none: the plug-in is not built"}));
  const auto lines = run_cli({"info", "--json"}).json_lines();
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0]["version"], "0.1.0");
  EXPECT_EQ(lines[0]["libtorch"], "9.9.9");
  EXPECT_TRUE(lines[0]["cpu"]["avx512_bf16"].is_boolean());
  EXPECT_FALSE(lines[0]["accelerator"]["found"]);
  EXPECT_EQ(lines[0]["accelerator"]["text"], "the plug-in is not built");
  EXPECT_EQ(lines[0]["dataset"]["name"], "MNIST");
  EXPECT_EQ(lines[0]["model"]["name"], "bundled model");
}

}  // namespace
}  // namespace lf::cli
