// Damaged run folders: impossible content is rejected in one line, and the session continues.
#include "experiment_fixture.h"
#include "files/tensors/safetensors.h"
#include "preview/gallery.h"
#include "run/run_files.h"
#include "stranger.h"

namespace lf::worker {
namespace {

class HostileRun : public ExperimentTest {
 protected:
  /// A run interrupted at flow step 5, in `folder`; its checkpoint.
  files::Safetensors cut_run(const fs::path& folder) {
    train_and_quit(folder.string());
    return files::read_safetensors(folder / run::kCheckpointName);
  }

  /// Resumes the folder and trains for some slices, like a session: exceptions are reported and
  /// cleared.
  static int resume(Workload& workload, const fs::path& folder) {
    return refused_of([&] {
      try {
        workload.apply(ResumeRunCommand{folder.string(), {}});
        for (int slice = 0; slice < 25; ++slice) workload.advance();
      } catch (const std::exception& failed) {
        workload.report_error(failed.what());
        throw;
      }
    });
  }

  /// Resumes damaged copies of the run of `sound`; then the same session must still train its own
  /// run.
  void expect_refused_or_resumed(const std::string& prefix, int files, int least_refused) {
    const fs::path folder = runs_ / "stranger";
    const files::Safetensors sound = cut_run(folder);
    const auto workload = start();
    Stranger stranger(5, prefix);
    int refused = 0;
    for (int i = 0; i < files; ++i) {
      SCOPED_TRACE("file " + std::to_string(i));
      workload->apply(ResetCommand{});  // releases the folder: nothing of it is in memory any more
      files::write_safetensors(folder / run::kCheckpointName, stranger.damage(sound));
      refused += resume(*workload, folder);
    }
    EXPECT_GE(refused, least_refused);
    workload->apply(ResetCommand{});
    EXPECT_EQ(train(*workload, (runs_ / "own").string()).run->flow_step, 12);
  }
};

TEST_F(HostileRun, AStateThatCannotBeIsRefused) { expect_refused_or_resumed("state.", 40, 8); }

TEST_F(HostileRun, AModelThatCannotBeIsRefused) { expect_refused_or_resumed("", 30, 12); }

TEST_F(HostileRun, AGalleryIsShownOrRefused) {
  const fs::path folder = runs_ / "stranger", file = folder / "gallery.safetensors";
  const auto workload = start();
  train(*workload, folder.string());
  const files::Safetensors sound = files::read_safetensors(file);
  const int refused = refused_copies(sound, Stranger(3), 400, [&](const files::Safetensors& damaged) {
    files::write_safetensors(file, damaged);
    preview::load_gallery(file.string());
  });
  EXPECT_GT(refused, 100);
}

}  // namespace
}  // namespace lf::worker
