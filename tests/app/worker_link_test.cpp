#include "app/worker_link.h"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <stdexcept>
#include <thread>

namespace lf::app {
namespace {

/// Notes its commands in the log of the snapshot; a pause is an error, "quit" ends it.
class Noting : public Workload {
 public:
  void apply(const Command& command) override {
    if (std::holds_alternative<PauseCommand>(command.what)) throw std::runtime_error("no");
    quit_ = std::holds_alternative<QuitCommand>(command.what);
    lines_.push_back({0, LogLevel::Command, format_command(command)});
  }
  bool advance() override { return false; }
  void describe(Snapshot& s) override {
    auto log = std::make_shared<LogBlock>();
    log->lines = lines_;
    s.log = log;
    auto notice = std::make_shared<NoticeBlock>();
    notice->errors = errors_;
    s.notice = notice;
  }
  void report_error(const std::string&) override { ++errors_; }
  bool finished() const override { return quit_; }

 private:
  std::vector<LogLine> lines_;
  uint64_t errors_ = 0;
  bool quit_ = false;
};

class WorkerLinkTest : public ::testing::Test {
 protected:
  void start() {
    link.start([] { return std::make_unique<Noting>(); }, {});
  }
  static void wait_for(const std::function<bool()>& reached) {
    for (int i = 0; i < 5000 && !reached(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    EXPECT_TRUE(reached());
  }
  WorkerLink link;
};

TEST_F(WorkerLinkTest, WithoutAWorkerItShowsAnEmptySnapshot) {
  EXPECT_TRUE(link.settled());
  EXPECT_FALSE(link.started() || link.finished() || link.has_news() || link.obeyed_all());
  link.look();
  EXPECT_TRUE(link.shown().log->lines.empty());
  EXPECT_EQ(link.newest(), nullptr);
  EXPECT_EQ(link.errors(), 0u);
}

TEST_F(WorkerLinkTest, CommandsWaitForTheWorkerInTheirOrder) {
  link.send(TrainCommand{});
  link.send(ResumeCommand{});
  EXPECT_FALSE(link.settled());
  start();
  link.send(StepCommand{});
  wait_for([&] { return link.settled(); });
  EXPECT_TRUE(link.has_news());
  EXPECT_TRUE(link.shown().log->lines.empty()) << "only look() changes what is shown";
  link.look();
  ASSERT_EQ(link.shown().log->lines.size(), 3u);
  EXPECT_EQ(link.shown().log->lines[0].text, format_command(TrainCommand{}));
  EXPECT_EQ(link.shown().log->lines[2].text, format_command(StepCommand{}));
  wait_for([&] { return link.look(), !link.has_news(); });
}

TEST_F(WorkerLinkTest, CountsTheErrorsOfTheNewestSnapshot) {
  start();
  link.send(PauseCommand{});
  wait_for([&] { return link.obeyed_all() && link.errors() == 1; });
  EXPECT_EQ(link.newest()->notice->errors, 1u);
}

TEST_F(WorkerLinkTest, NobodyWaitsForAWorkerThatHasEnded) {
  start();
  link.send(QuitCommand{});
  wait_for([&] { return link.finished(); });
  link.send(TrainCommand{});
  EXPECT_TRUE(link.settled());
  EXPECT_FALSE(link.obeyed_all());
}

}  // namespace
}  // namespace lf::app
