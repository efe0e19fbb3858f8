// The folder of a download: links in it, a full disk, a removed folder, a second program.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "download_fixture.h"
#include "file_size_limit.h"
#include "small_disk.h"

namespace lf::testing {
namespace {

namespace fs = std::filesystem;

class DownloadPlaces : public DownloadTest {
 protected:
  DownloadPlaces() {
    fs::create_directories(plan_.folder);
    files::write_file_atomically(precious_, std::string("precious"));
  }
  std::string precious() const {
    const auto bytes = files::read_file(precious_, 1 << 24);
    return {bytes.begin(), bytes.end()};
  }
  std::string part_name() const { return "'" + part(0).string() + "'"; }
  /// Polls a slow download until its first file has started.
  void begin(data::Download& download) {
    while (download.poll(20) && download.progress().done_bytes < 4000) {
    }
  }
  std::string finish(data::Download& download) {
    while (download.poll(50)) {
    }
    return download.progress().error;
  }

  fs::path precious_ = folder_ / "precious";
};

TEST_F(DownloadPlaces, NothingIsWrittenThroughALink) {
  use({"ok"});
  fs::create_symlink(precious_, part(0));
  fs::create_hard_link(precious_, part(1));
  fs::create_symlink(folder_ / "nowhere", part(2));
  EXPECT_EQ(run().state, data::DownloadState::kDone);
  expect_complete();
  EXPECT_EQ(precious(), "precious");
  EXPECT_FALSE(fs::exists(folder_ / "nowhere"));
}

TEST_F(DownloadPlaces, APipeInItsPlaceDoesNotHang) {
  use({"ok"});
  ASSERT_EQ(mkfifo(part(0).c_str(), 0600), 0);
  EXPECT_EQ(run().state, data::DownloadState::kDone);
  expect_complete();
}

TEST_F(DownloadPlaces, AFolderInItsPlaceIsNamed) {
  use({"ok"});
  fs::create_directories(part(0) / "inside");
  EXPECT_EQ(run().error, "cannot write " + part_name() + ": Is a directory");
}

TEST_F(DownloadPlaces, TheFolderGoesMeanwhile) {
  use({"slow"});
  data::Download download(plan_);
  begin(download);
  fs::remove_all(plan_.folder);
  EXPECT_EQ(finish(download), "cannot keep '" + (plan_.folder / (plan_.files[0].name + ".gz")).string() +
                                  "': the file it was downloaded into was removed meanwhile; try again");
  EXPECT_FALSE(fs::exists(plan_.folder));
}

TEST_F(DownloadPlaces, AnotherProgramDownloadsThere) {
  use({"slow"});
  data::Download first(plan_);
  begin(first);
  data::Download second(plan_);
  EXPECT_EQ(finish(second),
            "cannot download into '" + plan_.folder.string() +
                "': another program downloads into it; wait for that one, or name a folder with --data");
  EXPECT_EQ(finish(first), "");
  expect_complete();
}

TEST_F(DownloadPlaces, FullDisk) {
  SmallDisk disk(plan_.folder, 8192);
  if (!disk.ready()) GTEST_SKIP() << "only root can mount a small disk";
  use({"ok"});
  EXPECT_EQ(run().error, "cannot write " + part_name() +
                             ": No space left on device; free some space or choose another place");
}

TEST_F(DownloadPlaces, AFileThatMayNotGrow) {
  use({"ok"});
  FileSizeLimit limit(4096);
  EXPECT_EQ(run().error,
            "cannot write " + part_name() +
                ": File too large; raise the limit of a file's size (ulimit -f) or choose another place");
}

TEST_F(DownloadPlaces, WhatFitsNowGoesOnFromThere) {
  use({"ok"});
  {
    FileSizeLimit limit(4096);
    run();
  }
  EXPECT_EQ(fs::file_size(part(0)), 4096u);
  EXPECT_EQ(run().state, data::DownloadState::kDone);
  expect_complete();
  EXPECT_EQ(requests_of("train-images-idx3-ubyte.gz bytes=4096-"), 1u);
}

}  // namespace
}  // namespace lf::testing
