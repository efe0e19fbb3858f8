#include <gtest/gtest.h>

#include <mutex>
#include <numeric>

#include "counting_workload.h"

namespace lf::testing {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

FakeSession::Factory plain() {
  return [] { return std::make_unique<CountingWorkload>(); };
}

FakeSession::Factory with(std::function<void(CountingWorkload&)> prepare) {
  return [prepare] {
    auto workload = std::make_unique<CountingWorkload>();
    prepare(*workload);
    return workload;
  };
}

TEST(Session, SnapshotIsNeverNull) {
  FakeSession session(plain());
  ASSERT_NE(session.snapshot(), nullptr);
}

TEST(Session, ObeysInOrderAndPublishesTheFinalState) {
  FakeSession session(plain());
  for (int i = 0; i < 20; ++i) session.send({FakeCommand::kNote, i});
  session.send({FakeCommand::kWork, 50});
  // The last state must be published although nothing happens after it.
  EXPECT_TRUE(eventually([&] { return session.snapshot()->slices == 50; }));
  std::vector<int> expected(20);
  std::iota(expected.begin(), expected.end(), 0);
  EXPECT_EQ(session.snapshot()->notes, expected);
}

TEST(Session, SaysWhichCommandsASnapshotKnowsOf) {
  FakeSession session(with([](CountingWorkload& w) { w.slice_length = milliseconds(5); }));
  EXPECT_EQ(session.obeyed(), 0u);
  session.send({FakeCommand::kWork, 1000000});  // snapshots are published continuously
  for (int i = 1; i <= 20; ++i) {
    session.send({FakeCommand::kSlider, -1});
    session.send({FakeCommand::kSlider, i});  // may replace the previous one; both count
    ASSERT_TRUE(eventually([&] { return session.obeyed() >= uint64_t(1 + 2 * i); }));
    EXPECT_EQ(session.snapshot()->slider, i);
  }
}

TEST(Session, ManyProducersLoseNothing) {
  constexpr int kProducers = 8, kEach = 500;
  FakeSession session(plain());
  session.send({FakeCommand::kWork, 1000000});
  std::vector<std::thread> producers;
  for (int p = 0; p < kProducers; ++p) {
    producers.emplace_back([&session, p] {
      for (int i = 0; i < kEach; ++i) {
        session.send({FakeCommand::kNote, p * kEach + i});
        session.send({FakeCommand::kSlider, i});
        if (i % 50 == 0) session.snapshot();
      }
    });
  }
  for (auto& producer : producers) producer.join();
  session.stop();
  const auto notes = session.snapshot()->notes;
  ASSERT_EQ(notes.size(), size_t(kProducers * kEach));
  std::vector<int> next(kProducers, 0);
  for (int note : notes) EXPECT_EQ(note % kEach, next[note / kEach]++) << "order of one producer";
  EXPECT_EQ(session.snapshot()->slider, kEach - 1);
}

TEST(Session, ExceptionInApplyBecomesStateAndWorkGoesOn) {
  FakeSession session(plain());
  session.send({FakeCommand::kThrow, 0});
  session.send({FakeCommand::kNote, 5});
  session.send({FakeCommand::kWork, 3});
  EXPECT_TRUE(eventually([&] { return session.snapshot()->slices == 3; }));
  EXPECT_EQ(session.snapshot()->errors, 1);
  EXPECT_EQ(session.snapshot()->error, "apply failed");
  EXPECT_EQ(session.snapshot()->notes, std::vector<int>{5});
}

TEST(Session, ExceptionInAdvanceStopsWorkUntilTheNextCommand) {
  FakeSession session(with([](CountingWorkload& w) { w.fail_at_slice = 4; }));
  session.send({FakeCommand::kWork, 10});
  EXPECT_TRUE(eventually([&] { return session.snapshot()->errors == 1; }));
  std::this_thread::sleep_for(milliseconds(50));
  EXPECT_EQ(session.snapshot()->slices, 4);
  EXPECT_EQ(session.snapshot()->error, "slice failed");
  session.send({FakeCommand::kNote, 1});
  EXPECT_TRUE(eventually([&] { return session.snapshot()->slices == 11; }));
}

TEST(Session, ExceptionInDescribeBecomesState) {
  FakeSession session(with([](CountingWorkload& w) { w.describe_throws_once = true; }));
  EXPECT_TRUE(eventually([&] { return session.snapshot()->error == "describe failed"; }));
}

TEST(Session, FactoryThatThrowsIsReported) {
  FakeSession::Options options;
  options.describe_failure = [](FakeSnapshot& s, const std::string& why) { s.error = why; };
  FakeSession session(
      []() -> std::unique_ptr<FakeSession::Workload> { throw std::runtime_error("no library"); }, options);
  EXPECT_TRUE(eventually([&] { return session.finished(); }));
  EXPECT_EQ(session.snapshot()->error, "no library");
  session.send({FakeCommand::kNote, 1});  // harmless
}

TEST(Session, FactoryThatReturnsNothingIsReported) {
  FakeSession::Options options;
  options.describe_failure = [](FakeSnapshot& s, const std::string& why) { s.error = why; };
  FakeSession session([] { return nullptr; }, options);
  EXPECT_TRUE(eventually([&] { return session.finished(); }));
  EXPECT_FALSE(session.snapshot()->error.empty());
}

TEST(Session, FactoryRunsOnTheWorker) {
  std::thread::id maker;
  FakeSession session([&] {
    maker = std::this_thread::get_id();
    return std::make_unique<CountingWorkload>();
  });
  session.stop();
  EXPECT_NE(maker, std::thread::id());
  EXPECT_NE(maker, std::this_thread::get_id());
}

TEST(Session, StopInTheMiddleOfWorkIsQuickAndFinishes) {
  FakeSession session(with([](CountingWorkload& w) { w.slice_length = milliseconds(10); }));
  session.send({FakeCommand::kWork, 1000000});
  EXPECT_TRUE(eventually([&] { return session.snapshot()->slices > 0; }));
  const auto start = Clock::now();
  session.stop();
  EXPECT_LT(Clock::now() - start, milliseconds(500));
  EXPECT_TRUE(session.finished());
  EXPECT_TRUE(session.snapshot()->finish_called);
  session.stop();  // no effect
}

TEST(Session, QuitCommandEndsTheWorker) {
  FakeSession session(plain());
  session.send({FakeCommand::kWork, 1000000});
  session.send({FakeCommand::kQuit, 0});
  EXPECT_TRUE(eventually([&] { return session.finished(); }));
  EXPECT_TRUE(session.snapshot()->finish_called);
}

TEST(Session, CommandsSentBeforeStopAreObeyed) {
  FakeSession session(plain());
  session.send({FakeCommand::kNote, 42});
  session.stop();
  EXPECT_EQ(session.snapshot()->notes, std::vector<int>{42});
}

TEST(Session, PublishesNoOftenerThanTheInterval) {
  FakeSession::Options options;
  std::atomic<int> wakes{0};
  options.publish_interval = milliseconds(40);
  options.wake = [&] { ++wakes; };
  FakeSession session(with([](CountingWorkload& w) { w.slice_length = std::chrono::microseconds(50); }),
                      options);
  const auto start = Clock::now();
  session.send({FakeCommand::kWork, 100000000});
  while (Clock::now() - start < milliseconds(400)) {
    session.send({FakeCommand::kNote, 1});  // neither work nor a stream of commands may raise the rate
    std::this_thread::sleep_for(std::chrono::microseconds(300));
  }
  const int seen = wakes;
  const auto elapsed = std::chrono::duration_cast<milliseconds>(Clock::now() - start).count();
  EXPECT_LE(seen, elapsed / 40 + 2);
  EXPECT_GE(seen, 2);
}

TEST(Session, CommandsToAnIdleWorkerKeepTheRateToo) {
  FakeSession::Options options;
  std::atomic<int> wakes{0};
  options.publish_interval = milliseconds(40);
  options.wake = [&] { ++wakes; };
  FakeSession session(plain(), options);
  const auto start = Clock::now();
  for (int i = 0; i < 200; ++i) {
    session.send({FakeCommand::kNote, i});
    std::this_thread::sleep_for(milliseconds(1));
  }
  EXPECT_TRUE(eventually([&] { return session.snapshot()->notes.size() == 200u; }));
  const auto elapsed = std::chrono::duration_cast<milliseconds>(Clock::now() - start).count();
  EXPECT_LE(wakes, elapsed / 40 + 2);
}

TEST(Session, SleepsWhenThereIsNothingToDo) {
  std::atomic<int> wakes{0};
  FakeSession::Options options;
  options.publish_interval = milliseconds(5);
  options.wake = [&] { ++wakes; };
  FakeSession session(plain(), options);
  std::this_thread::sleep_for(milliseconds(100));
  const int before = wakes;
  std::this_thread::sleep_for(milliseconds(100));
  EXPECT_EQ(wakes, before);
}

}  // namespace
}  // namespace lf::testing
