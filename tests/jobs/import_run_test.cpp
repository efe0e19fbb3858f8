// A run folder from another machine: copied when it is whole, refused with the reason when it is not.
#include "experiment_fixture.h"
#include "files/atomic_write.h"
#include "files/folder_lock.h"
#include "input_error_of.h"
#include "run/folder.h"
#include "run/list/label.h"
#include "run/marks.h"
#include "run/order.h"
#include "run/run_files.h"
#include "temporary_folder.h"

namespace lf::jobs {
namespace {

class ImportRun : public ExperimentTest {
 protected:
  void SetUp() override {
    ExperimentTest::SetUp();
    train(*start(), source_.string());
  }
  /// The line of the import, which must succeed.
  std::string imported() {
    const auto workload = start();
    workload->apply(ImportRunCommand{source_.string()});
    const Snapshot done = until(*workload, [](const Snapshot& s) { return !s.results->results.empty(); });
    return done.results->results.back().text;
  }
  /// The reason of the refusal; nothing may remain in the runs folder.
  std::string refused() {
    const auto workload = start();
    const std::string why = input_error_of([&] {
      workload->apply(ImportRunCommand{source_.string()});
      until(*workload, [](const Snapshot& s) { return !s.results->results.empty(); });
    });
    EXPECT_TRUE(fs::is_empty(runs_)) << why;
    return why;
  }
  void damage(const std::string& name) const {
    fs::resize_file(source_ / name, fs::file_size(source_ / name) / 2);
  }

  testing::TemporaryFolder elsewhere_;
  fs::path source_ = elsewhere_ / "her run";
};

TEST_F(ImportRun, AWholeRunIsCopiedAndGetsTheNextNumber) {
  run::write_label(source_, {"hers", "", {"paper"}, true});
  files::write_file_atomically(source_ / "private.txt", std::string("not a run's"));
  fs::create_directories(runs_ / "mine");
  files::write_file_atomically(runs_ / "mine" / run::kModelName, std::string("x"));
  run::number_run(runs_ / "mine", runs_);
  const std::string line = imported();
  EXPECT_TRUE(has(line, {"imported her run", "flow step 12", "digest"})) << line;
  const fs::path copy = runs_ / "her run";
  for (const char* name : {"model.safetensors", "checkpoint.safetensors", "history.csv", "report.json"})
    EXPECT_EQ(run::read_text_file(copy / name), run::read_text_file(source_ / name)) << name;
  EXPECT_EQ(run::Marks(copy).steps(), run::Marks(source_).steps());
  EXPECT_EQ(run::read_label(copy).label.name, "hers");
  EXPECT_FALSE(fs::exists(copy / "private.txt"));
  EXPECT_EQ(run::run_number(copy), 2);
  EXPECT_FALSE(fs::exists(runs_ / ".import"));
  resume_to_the_end(copy.string());
}

TEST_F(ImportRun, ASecondCopyGetsAnotherName) {
  imported();
  EXPECT_TRUE(has(imported(), {"imported her run-2"}));
}

TEST_F(ImportRun, ADamagedFileIsNamedAndNothingIsCopied) {
  for (const char* name : {"model.safetensors", "checkpoint.safetensors", "report.json"}) {
    const std::string whole = run::read_text_file(source_ / name);
    damage(name);
    EXPECT_TRUE(has(refused(), {name})) << name;
    files::write_file_atomically(source_ / name, whole);
  }
  EXPECT_TRUE(has(imported(), {"imported"}));
}

TEST_F(ImportRun, WeightsOtherThanTheRecordedOnesAreRefused) {
  const fs::path file = source_ / run::kCheckpointName;
  files::Safetensors stored = files::read_safetensors(file);
  for (auto& [name, tensor] : stored.tensors)
    if (name.rfind("velocity.", 0) == 0) tensor.bytes[0] ^= 1;
  files::write_safetensors(file, stored);
  EXPECT_TRUE(has(refused(), {"checkpoint", "not those that the run recorded"}));
}

TEST_F(ImportRun, ADamagedMarkIsLeftOutAndNamed) {
  damage("marks/" + run::Marks::name_of(5));
  EXPECT_TRUE(has(imported(), {"left out", "step 5"}));
  EXPECT_FALSE(run::Marks(runs_ / "her run").has(5));
  EXPECT_TRUE(run::Marks(runs_ / "her run").has(6));
}

TEST_F(ImportRun, WhatIsNoRunFromElsewhereIsRefused) {
  const auto workload = start();
  const auto why = [&](const fs::path& folder) {
    return input_error_of([&] { workload->apply(ImportRunCommand{folder.string()}); });
  };
  EXPECT_TRUE(has(why(elsewhere_ / "none"), {"none", "no such folder"}));
  EXPECT_TRUE(has(why(elsewhere_.path()), {"holds no run"}));
  imported();
  EXPECT_TRUE(has(why(runs_ / "her run"), {"among your runs already"}));
  fs::rename(source_ / "report.json", source_ / "other");
  fs::create_symlink("other", source_ / "report.json");
  EXPECT_TRUE(has(why(source_), {"report.json", "is a link"}));
}

TEST_F(ImportRun, ACancelledImportLeavesNothing) {
  const auto workload = start();
  workload->apply(ImportRunCommand{source_.string()});
  for (int slice = 0; slice < 20 && !fs::exists(runs_ / ".import" / "run" / "model.safetensors"); ++slice)
    workload->advance();
  workload->apply(CancelCommand{});
  EXPECT_TRUE(fs::is_empty(runs_));
}

}  // namespace
}  // namespace lf::jobs
