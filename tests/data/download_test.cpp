#include "data/download.h"

#include <gtest/gtest.h>

#include <chrono>

#include "base/errors.h"
#include "download_fixture.h"
#include "expect_error.h"
#include "scoped_environment.h"

namespace lf::testing {
namespace {

namespace fs = std::filesystem;

TEST_F(DownloadTest, FetchesTheFourFiles) {
  use({"ok"});
  const data::DownloadProgress end = run();
  EXPECT_EQ(end.state, data::DownloadState::kDone) << end.error;
  EXPECT_EQ(end.done_bytes, end.total_bytes);
  expect_complete();
}

TEST_F(DownloadTest, FilesAlreadyThereAreNotFetchedAgain) {
  use({"ok"});
  run();
  const std::string before = server_->requests();
  EXPECT_EQ(run().state, data::DownloadState::kDone);
  EXPECT_EQ(server_->requests(), before);
}

TEST_F(DownloadTest, BadMirrorsAreLeftForTheNext) {
  use({"refused", "tampered", "truncated", "ok"});
  const data::DownloadProgress end = run();
  EXPECT_EQ(end.state, data::DownloadState::kDone) << end.error;
  expect_complete();
  EXPECT_EQ(requests_of("/refused/"), 1u) << "the mirror that worked is asked first for the next file";
}

TEST_F(DownloadTest, TamperedFileIsRemovedAndNamed) {
  use({"tampered"});
  const data::DownloadProgress end = run();
  EXPECT_EQ(end.state, data::DownloadState::kFailed);
  EXPECT_NE(end.error.find("train-images-idx3-ubyte.gz"), std::string::npos) << end.error;
  EXPECT_EQ(end.error.find('\n'), std::string::npos);
  EXPECT_TRUE(fs::is_empty(plan_.folder));
}

TEST_F(DownloadTest, SoundGzipOfOtherContentIsTamperedToo) {
  use({"ok"});
  files::write_file_atomically(folder_ / "served/train-images-idx3-ubyte.gz", make_gzip({1, 2, 3}));
  const data::DownloadProgress end = run();
  EXPECT_EQ(end.state, data::DownloadState::kFailed);
  EXPECT_NE(end.error.find("SHA-256"), std::string::npos) << end.error;
  EXPECT_TRUE(fs::is_empty(plan_.folder));
}

TEST_F(DownloadTest, RefusedAndUnreachableSayWhy) {
  use({"refused"});
  EXPECT_NE(run().error.find("HTTP 404"), std::string::npos);
  plan_.mirrors = {"http://127.0.0.1:1/closed"};
  const data::DownloadProgress end = run();
  EXPECT_EQ(end.state, data::DownloadState::kFailed);
  EXPECT_NE(end.error.find("127.0.0.1:1"), std::string::npos) << end.error;
}

TEST_F(DownloadTest, StalledMirrorIsLeftAndItsBytesKept) {
  use({"stalled", "ok"});
  const data::DownloadProgress end = run();
  EXPECT_EQ(end.state, data::DownloadState::kDone) << end.error;
  expect_complete();
  EXPECT_EQ(requests_of("/ok/train-images-idx3-ubyte.gz bytes="), 1u) << "the second half only";
}

TEST_F(DownloadTest, ContinuesAfterCancel) {
  use({"slow"});
  data::Download first(plan_);
  while (first.poll(20) && first.progress().done_bytes < 8000) {
  }
  EXPECT_EQ(first.progress().file, "train-images-idx3-ubyte");
  first.cancel();
  EXPECT_FALSE(first.poll(20));
  EXPECT_EQ(first.progress().state, data::DownloadState::kCancelled);
  const auto kept = fs::file_size(part(0));
  EXPECT_GE(kept, 8000u);
  use({"ok"});
  EXPECT_EQ(run().state, data::DownloadState::kDone);
  expect_complete();
  EXPECT_EQ(requests_of("/ok/train-images-idx3-ubyte.gz bytes=" + std::to_string(kept) + "-"), 1u);
}

TEST_F(DownloadTest, PartOfSomethingElseIsThrownAway) {
  use({"ok"});
  fs::create_directories(plan_.folder);
  files::write_file_atomically(part(0), std::string(5000, 'x'));
  EXPECT_EQ(run().state, data::DownloadState::kDone);
  expect_complete();
}

TEST_F(DownloadTest, ServerWithoutRangesStartsOver) {
  use({"norange"});
  fs::create_directories(plan_.folder);
  files::write_file_atomically(part(0), std::string(5000, 'x'));
  EXPECT_EQ(run().state, data::DownloadState::kDone);
  expect_complete();
}

TEST_F(DownloadTest, CompletePartIsVerifiedOrReplaced) {
  use({"ok"});
  fs::create_directories(plan_.folder);
  fs::copy_file(folder_ / "served/train-images-idx3-ubyte.gz", part(0));
  EXPECT_EQ(run().state, data::DownloadState::kDone);
  expect_complete();
}

TEST_F(DownloadTest, TooLargeFileIsRefused) {
  use({"ok"});
  plan_.max_file_bytes = 10000;
  const data::DownloadProgress end = run();
  EXPECT_EQ(end.state, data::DownloadState::kFailed);
  EXPECT_NE(end.error.find("larger than 10000"), std::string::npos) << end.error;
  const bool kept = fs::exists(part(0));
  EXPECT_TRUE(!kept || fs::file_size(part(0)) <= 10000u);
}

TEST_F(DownloadTest, SlicesAreShort) {
  use({"slow"});
  data::Download download(plan_);
  for (int i = 0; i < 10; ++i) {
    const auto start = std::chrono::steady_clock::now();
    download.poll(10);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(500));
  }
}

TEST_F(DownloadTest, RefusesOtherProtocolsAndUnwritableFolders) {
  plan_.mirrors = {"file:///etc"};
  expect_error<InputError>("file:///etc", [&] { data::Download download(plan_); });
  plan_.mirrors.clear();
  expect_error<InputError>("no mirror", [&] { data::Download download(plan_); });
  use({"ok"});
  plan_.folder = folder_ / "log" / "inside-a-file";
  files::write_file_atomically(folder_ / "log", std::string("x"));
  expect_error<RunError>("inside-a-file", [&] { data::Download download(plan_); });
}

TEST(DefaultMirrors, ComeFromTheEnvironment) {
  ScopedEnvironment named("LATENTFLOW_MIRRORS", "http://a/x, http://b");
  EXPECT_EQ(data::default_mirrors(), (std::vector<std::string>{"http://a/x", "http://b"}));
  ScopedEnvironment none("LATENTFLOW_MIRRORS", nullptr);
  EXPECT_EQ(data::default_mirrors().size(), 2u);
}

TEST(Download, SaysWhenItIsNotBuiltIn) {
  if (data::download_available()) GTEST_SKIP() << "built with libcurl";
  expect_error<RunError>("LATENTFLOW_DOWNLOAD", [] { data::Download download; });
}

}  // namespace
}  // namespace lf::testing
