#include "app/script_channel.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "app/script_runner.h"
#include "base/errors.h"
#include "fake_snapshots.h"
#include "protocol/command_fields.h"
#include "temporary_folder.h"

namespace lf::app {
namespace {

using Lines = std::vector<std::string>;

/// A named pipe, and a program that writes to it.
class ScriptChannelTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(mkfifo(path().c_str(), 0600), 0); }
  std::string path() const { return (folder_ / "script").string(); }
  /// As `echo -n TEXT > PIPE` does it: opens, writes, closes.
  void write(const std::string& text) const {
    const int pipe = ::open(path().c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    ASSERT_GE(pipe, 0) << "nobody reads the pipe";
    EXPECT_EQ(::write(pipe, text.data(), text.size()), static_cast<ssize_t>(text.size()));
    ::close(pipe);
  }
  ScriptRunner runner() {
    ScriptRunner::Hands hands;
    hands.send = [this](Command c) { done_.push_back(format_command(c)); };
    hands.screenshot = [this](const std::string& file) { done_.push_back("screenshot " + file); };
    hands.complain = [this](const std::string& what) { done_.push_back(what); };
    ScriptRunner made({}, hands);
    made.listen(ScriptChannel(path()));
    return made;
  }
  const testing::TemporaryFolder folder_;
  Lines done_;
  panels::ViewState view_;
};

TEST_F(ScriptChannelTest, IsAPipeOrStandardInput) {
  EXPECT_TRUE(is_script_channel(path()));
  EXPECT_TRUE(is_script_channel("-"));
  std::ofstream(folder_ / "file") << "pause";
  EXPECT_FALSE(is_script_channel((folder_ / "file").string()));
  EXPECT_FALSE(is_script_channel((folder_ / "nothing").string()));
  EXPECT_FALSE(is_script_channel(""));
  EXPECT_THROW(ScriptChannel((folder_ / "nothing").string()), InputError);
}

TEST_F(ScriptChannelTest, TakesWholeLinesOfOneWriterAfterAnother) {
  ScriptChannel channel(path());
  EXPECT_EQ(channel.take_lines(), Lines{}) << "and does not wait for them";
  write("page runs\nt 0.");
  EXPECT_EQ(channel.take_lines(), Lines{"page runs"});
  write("5\n\n");
  EXPECT_EQ(channel.take_lines(), (Lines{"t 0.5", ""}));
  EXPECT_TRUE(channel.open());
  ScriptChannel moved = std::move(channel);
  EXPECT_FALSE(channel.open());  // NOLINT(bugprone-use-after-move): what a move leaves is defined
  write("pause\n");
  EXPECT_EQ(moved.take_lines(), Lines{"pause"});
}

TEST_F(ScriptChannelTest, CutsALineThatIsTooLong) {
  ScriptChannel channel(path());
  for (int i = 0; i < 20; ++i) {
    write(std::string(4000, 'x'));
    EXPECT_EQ(channel.take_lines(), Lines{});
  }
  write("\npause\n");
  const Lines lines = channel.take_lines();
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].size(), ScriptChannel::kLongestLine + 1);
  EXPECT_EQ(lines[1], "pause");
}

TEST_F(ScriptChannelTest, LinesAreExecutedInTheirOrderAndCounted) {
  ScriptRunner script = runner();
  EXPECT_TRUE(script.listening());
  EXPECT_FALSE(script.take_lines());
  write("# a comment\nt 0.25\npause\nwait flow.step>=1000000\nstep\n");
  EXPECT_TRUE(script.take_lines());
  EXPECT_EQ(script.progress().lines, 5);
  script.advance(fake_snapshot("flow"), true, 0, view_);
  EXPECT_FLOAT_EQ(view_.t, 0.25f);
  EXPECT_EQ(done_, Lines{"pause"});
  EXPECT_EQ(script.progress().done, 3) << "the fourth waits";
  EXPECT_FALSE(script.done());
}

TEST_F(ScriptChannelTest, AWrongLineIsReportedAndTheNextFollows) {
  ScriptRunner script = runner();
  write("jump high\npage nowhere\npause\n");
  EXPECT_TRUE(script.take_lines());
  script.advance(fake_snapshot("flow"), true, 0, view_);
  const ScriptRunner::Progress now = script.progress();
  EXPECT_EQ(now.done, 3);
  EXPECT_EQ(now.errors, 2);
  EXPECT_NE(now.error.find("nowhere"), std::string::npos) << now.error;
  ASSERT_EQ(done_.size(), 3u);
  EXPECT_EQ(done_[0].rfind("script:1: ", 0), 0u) << done_[0];
  EXPECT_EQ(done_[2], "pause");
}

/// Standard input ends with its writer; its last line needs no end.
TEST(ScriptChannelInput, EndsWithItsInput) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const int before = dup(STDIN_FILENO);
  ASSERT_EQ(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
  ScriptChannel channel("-");
  ASSERT_EQ(::write(ends[1], "step\npause", 10), 10);
  EXPECT_EQ(channel.take_lines(), Lines{"step"});
  ::close(ends[1]);
  EXPECT_EQ(channel.take_lines(), Lines{"pause"});
  EXPECT_FALSE(channel.open());
  EXPECT_EQ(channel.take_lines(), Lines{});
  dup2(before, STDIN_FILENO);
  ::close(before);
  ::close(ends[0]);
}

}  // namespace
}  // namespace lf::app
