// The session with the explorer's own commands and snapshots.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <string>

#include "session/session.h"
#include "session/thread_priority.h"

namespace lf {
namespace {

/// Counts commands in the snapshot's number and ends on quit.
class TinyWorkload : public Workload {
 public:
  void apply(const Command& command) override {
    ++commands_;
    quit_ = quit_ || std::holds_alternative<QuitCommand>(command.what);
  }
  bool advance() override { return false; }
  void describe(Snapshot& snapshot) override { snapshot.number = commands_; }
  void report_error(const std::string&) override {}
  bool finished() const override { return quit_; }

 private:
  uint64_t commands_ = 0;
  bool quit_ = false;
};

TEST(ExplorerSession, ObeysTheExplorersCommandsUntilQuit) {
  Session session([] { return std::make_unique<TinyWorkload>(); });
  ASSERT_NE(session.snapshot()->run, nullptr);
  session.send(PauseCommand{});
  session.send(QuitCommand{});
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (!session.finished() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  EXPECT_TRUE(session.finished());
  EXPECT_EQ(session.snapshot()->number, 2u);
}

TEST(ExplorerSession, RepeatedSettingsOverwriteEachOther) {
  CommandQueue<Command> queue;
  for (int i = 0; i < 50; ++i) {
    queue.push(SetCommand{"flow.lr", std::to_string(i)});
    queue.push(SetCommand{"preview.steps", std::to_string(i)});
  }
  const auto commands = queue.take();
  ASSERT_EQ(commands.size(), 2u);
  EXPECT_EQ(std::get<SetCommand>(commands[0].what).value, "49");
}

int nice_value_of_this_thread() { return getpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid))); }

TEST(ThreadPriority, LowersTheCallingThreadAlone) {
  const int before = nice_value_of_this_thread();
  int inside = -100;
  bool done = false;
  std::thread([&] {
    done = lower_thread_priority(3);
    inside = nice_value_of_this_thread();
  }).join();
  EXPECT_TRUE(done);
  EXPECT_EQ(inside, std::min(before + 3, 19));
  EXPECT_EQ(nice_value_of_this_thread(), before);
}

}  // namespace
}  // namespace lf
