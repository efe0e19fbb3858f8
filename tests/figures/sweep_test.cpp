// The figure of a sweep: which sweeps have one, and that better scores look different.
#include <gtest/gtest.h>

#include <filesystem>

#include "figures/figures.h"
#include "files/atomic_write.h"
#include "temporary_folder.h"

namespace lf::figures {
namespace {

SweepPlan plan_of(size_t axes) {
  const std::vector<SweepAxis> all{{"flow.lr", {"0.003", "0.006"}},
                                   {"flow.width", {"64", "96", "128"}},
                                   {"flow.optimizer", {"muon", "adamw"}}};
  SweepPlan plan;
  plan.axes.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(axes));
  plan.seeds = {1, 2};
  return plan;
}

/// Every run finished, with these scores in turn.
std::vector<SweepRun> runs_of(const SweepPlan& plan, double spread) {
  std::vector<SweepRun> runs;
  for (const int64_t seed : plan.seeds) {
    for (const auto& point : sweep_points(plan)) {
      SweepRun run;
      run.point = point;
      run.seed = seed;
      run.state = SweepState::Done;
      run.fd = 5 + spread * static_cast<double>(runs.size());
      runs.push_back(run);
    }
  }
  return runs;
}

std::vector<uint8_t> bytes_of(const std::filesystem::path& file) { return files::read_file(file, 1 << 24); }

TEST(SweepFigure, OneOrTwoSettingsHaveOne) {
  const lf::testing::TemporaryFolder folder;
  for (size_t axes = 0; axes <= 3; ++axes) {
    const SweepPlan plan = plan_of(axes);
    const auto file = folder / (std::to_string(axes) + ".png");
    EXPECT_EQ(write_sweep_figure(file, plan, runs_of(plan, 1)), axes == 1 || axes == 2);
    EXPECT_EQ(std::filesystem::exists(file), axes == 1 || axes == 2);
  }
}

TEST(SweepFigure, ScoresAreSeenInIt) {
  const lf::testing::TemporaryFolder folder;
  for (size_t axes = 1; axes <= 2; ++axes) {
    const SweepPlan plan = plan_of(axes);
    write_sweep_figure(folder / "a.png", plan, runs_of(plan, 1));
    write_sweep_figure(folder / "b.png", plan, runs_of(plan, 2));
    EXPECT_NE(bytes_of(folder / "a.png"), bytes_of(folder / "b.png"));
  }
  SweepPlan plan = plan_of(2);
  EXPECT_TRUE(write_sweep_figure(folder / "none.png", plan, {})) << "before the first run";
  plan = plan_of(1);
  EXPECT_TRUE(write_sweep_figure(folder / "none.png", plan, {}));
}

}  // namespace
}  // namespace lf::figures
