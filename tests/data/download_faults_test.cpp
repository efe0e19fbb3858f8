// Faults of a server, each with its message: docs/reliability.md lists them.
#include <gtest/gtest.h>

#include "download_fixture.h"

namespace lf::testing {
namespace {

namespace fs = std::filesystem;

const char* const kFile = "train-images-idx3-ubyte.gz";

class DownloadFaults : public DownloadTest {
 protected:
  /// The message when the only mirror fails on the first file.
  std::string line(const std::string& base, const std::string& why) const {
    return std::string("cannot download ") + kFile + " from any of 1 mirror(s), the last: " + base + "/" +
           kFile + ": " + why + "; try again later or name a folder with --data";
  }
  /// Downloads from a mirror with this fault, and compares the message.
  void expect_fault(const std::string& behaviour, const std::string& why) {
    plan_.mirrors = {server_->url(behaviour)};
    const data::DownloadProgress end = run();
    EXPECT_EQ(end.state, data::DownloadState::kFailed) << behaviour;
    EXPECT_EQ(end.error, line(plan_.mirrors[0], why));
  }
  void serve_instead(const std::vector<uint8_t>& bytes) {
    files::write_file_atomically(folder_ / "served" / kFile, bytes);
  }
  /// Bytes kept for a continuation; 0 without any.
  uintmax_t kept() const { return fs::exists(part(0)) ? fs::file_size(part(0)) : 0; }
  uintmax_t served() const { return fs::file_size(folder_ / "served" / kFile); }
};

TEST_F(DownloadFaults, Tampered) {
  expect_fault("tampered",
               "cannot unpack 'train-images-idx3-ubyte.gz': the gzip data are damaged; fetch the file again");
  EXPECT_TRUE(fs::is_empty(plan_.folder));
}

TEST_F(DownloadFaults, NotTheFileAtAll) {
  expect_fault("page",
               "cannot unpack 'train-images-idx3-ubyte.gz': it is a web page (HTML); the server sent it in "
               "place of the file; download it again");
  expect_fault("empty",
               "cannot unpack 'train-images-idx3-ubyte.gz': it is an empty file; fetch or save it again");
  expect_fault("garbage", "its answer is not HTTP");
  EXPECT_TRUE(fs::is_empty(plan_.folder));
}

TEST_F(DownloadFaults, TruncatedIsKeptWhereTheServerToldTheLength) {
  const std::string cut = "the connection closed before the file was complete";
  expect_fault("truncated", cut);
  EXPECT_EQ(kept(), served() / 2);
  expect_fault("chunked", cut);
  expect_fault("closed",
               "cannot unpack 'train-images-idx3-ubyte.gz': the gzip data end early; fetch the file again");
  EXPECT_TRUE(fs::is_empty(plan_.folder));
}

TEST_F(DownloadFaults, EndlessStopsAtTheLimitAndLeavesNothing) {
  plan_.max_file_bytes = 200000;
  for (const char* behaviour : {"huge", "endless", "unbounded"}) {
    plan_.mirrors = {server_->url(behaviour)};
    data::Download download(plan_);
    uintmax_t largest = 0;
    while (download.poll(5)) largest = std::max(largest, kept());
    EXPECT_EQ(download.progress().error, line(plan_.mirrors[0], "the file is larger than 200000 bytes"));
    EXPECT_LE(largest, 200000u);
    EXPECT_TRUE(fs::is_empty(plan_.folder)) << behaviour;
  }
}

TEST_F(DownloadFaults, APartThatGrewTooLargeIsBegunAnew) {
  use({"ok"});
  plan_.max_file_bytes = served() + 100;
  fs::create_directories(plan_.folder);
  files::write_file_atomically(part(0), std::string(served() + 1000, 'x'));
  EXPECT_EQ(run().state, data::DownloadState::kDone);
  expect_complete();
}

TEST_F(DownloadFaults, RedirectedElsewhere) {
  expect_fault("to-file", "it redirects to another protocol, which is not followed");
  expect_fault("to-ftp", "it redirects to another protocol, which is not followed");
  expect_fault("loop", "it redirects more than 5 times");
  EXPECT_EQ(requests_of("/loop/"), 6u);
  EXPECT_TRUE(fs::is_empty(plan_.folder));
  use({"moved"});
  EXPECT_EQ(run().state, data::DownloadState::kDone) << "an ordinary redirect is followed";
}

TEST_F(DownloadFaults, FromHttpsToHttp) {
  const std::string both = (folder_ / "both.pem").string();
  const std::string make =
      "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext "
      "subjectAltName=IP:127.0.0.1 -keyout '" +
      both + ".key' -out '" + both +
      ".crt' 2>/dev/null"
      " && cat '" +
      both + ".key' '" + both + ".crt' > '" + both + "'";
  if (std::system(make.c_str()) != 0) GTEST_SKIP() << "no openssl to make a certificate with";
  MirrorServer server(folder_ / "served", folder_ / "log2", both);
  plan_.mirrors = {server.secure_url("ok")};
  EXPECT_EQ(run().state, data::DownloadState::kFailed) << "nobody vouches for that certificate";
  plan_.certificates = both + ".crt";
  plan_.mirrors = {server.secure_url("downgrade")};
  EXPECT_EQ(run().error, line(plan_.mirrors[0], "it redirects to another protocol, which is not followed"));
  plan_.mirrors = {server.secure_url("ok")};
  EXPECT_EQ(run().state, data::DownloadState::kDone);
}

TEST_F(DownloadFaults, StalledAndTrickling) {
  expect_fault("stalled", "no bytes in 1 seconds (stalled)");
  EXPECT_EQ(kept(), served() / 2);
  fs::remove(part(0));
  expect_fault("trickle", "fewer than 500 bytes in 1 seconds (stalled)");
  plan_.connect_seconds = 1;
  expect_fault("silent", "no bytes in 1 seconds (stalled)");
}

TEST_F(DownloadFaults, HeadersWithoutEnd) {
  expect_fault("headers", "its headers are larger than 65536 bytes");
  expect_fault("longheader", "its headers are larger than 65536 bytes");
}

TEST_F(DownloadFaults, ABombStopsAtTheExpectedSize) {
  std::vector<uint8_t> bomb;
  const auto member = make_gzip(std::vector<uint8_t>(64 << 20));  // of one gzip file several may be joined
  for (int i = 0; i < 40; ++i) bomb.insert(bomb.end(), member.begin(), member.end());
  serve_instead(bomb);
  expect_fault("ok", "cannot unpack 'train-images-idx3-ubyte.gz': it holds more than the " +
                         std::to_string(plan_.files[0].bytes) + " bytes expected here");
  EXPECT_TRUE(fs::is_empty(plan_.folder));
}

/// The server has another file than the one of the partial file.
class ChangedFile : public DownloadFaults {
 protected:
  void leave_part(size_t n) {
    fs::create_directories(plan_.folder);
    std::vector<uint8_t> other = files::read_file(folder_ / "served" / kFile, 1 << 24);
    for (uint8_t& byte : other) byte ^= 0x5a;
    other.resize(n, 7);
    files::write_file_atomically(part(0), other);
  }
  void expect_one_new_start(const std::string& first_range) {
    EXPECT_EQ(run().state, data::DownloadState::kDone);
    expect_complete();
    EXPECT_EQ(requests_of(std::string(kFile) + " " + first_range), 1u);
    EXPECT_EQ(requests_of(kFile), 2u);
  }
};

TEST_F(ChangedFile, OfTheSameLength) {
  use({"ok"});
  leave_part(served() / 2);
  expect_one_new_start("bytes=" + std::to_string(served() / 2) + "-");
}

TEST_F(ChangedFile, OfAShorterLength) {
  use({"ok"});
  leave_part(served() + 500);
  expect_one_new_start("bytes=" + std::to_string(served() + 500) + "-");
}

TEST_F(ChangedFile, ServedFromAnotherByteThanAskedFor) {
  use({"wrongrange"});
  leave_part(100);
  expect_one_new_start("bytes=100-");
}

TEST_F(ChangedFile, AndNeverTheExpectedOneEndsAfterOneMoreTry) {
  leave_part(100);
  serve_instead(make_gzip(std::vector<uint8_t>(1000, 1)));
  use({"ok"});
  const data::DownloadProgress end = run();
  EXPECT_EQ(end.state, data::DownloadState::kFailed);
  EXPECT_NE(end.error.find("is not the expected file (SHA-256 "), std::string::npos) << end.error;
  EXPECT_EQ(requests_of(kFile), 2u);
  EXPECT_TRUE(fs::is_empty(plan_.folder));
}

}  // namespace
}  // namespace lf::testing
