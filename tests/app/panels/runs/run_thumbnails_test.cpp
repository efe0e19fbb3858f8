#include "panels/runs/run_thumbnails.h"

#include <gtest/gtest.h>

#include "fake_snapshots.h"
#include "headless_ui.h"

namespace lf::app::panels {
namespace {

TEST(RunThumbnails, OnlyTheRowsOnScreenAreUploadedAndOnlyOnce) {
  HeadlessUi window(1440, 900);
  Snapshot snapshot = fake_snapshot("idle-shipped");
  auto runs = std::make_shared<RunsBlock>(*snapshot.runs);
  runs->runs[1].thumbnail = nullptr;  // stopped before it had samples
  snapshot.runs = runs;
  const auto prepare = [&](const std::vector<size_t>& rows) {
    window.frame(snapshot, [&](const PanelContext& c) { prepare_run_thumbnails(c, rows); });
  };
  prepare({0, 1, 3});
  const RunsCache& cache = window.cache.runs;
  EXPECT_EQ(cache.first_thumbnail, (std::map<size_t, size_t>{{0, 0}, {3, 10}}));
  EXPECT_EQ(cache.thumbnail_atlas.count(), 20u);
  const uint64_t version = cache.thumbnail_version;
  prepare({0, 1, 3});
  EXPECT_EQ(cache.thumbnail_version, version);
  prepare({3});
  EXPECT_GT(cache.thumbnail_version, version);
  EXPECT_EQ(cache.thumbnail_atlas.count(), 10u);
}

}  // namespace
}  // namespace lf::app::panels
