#include "session/command_queue.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "counting_workload.h"

namespace lf::testing {
namespace {

using Queue = CommandQueue<FakeCommand>;

TEST(CommandQueue, KeepsOrderAndEmptiesOnTake) {
  Queue queue;
  for (int i = 0; i < 5; ++i) queue.push({FakeCommand::kNote, i});
  const auto commands = queue.take();
  ASSERT_EQ(commands.size(), 5u);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(commands[i].value, i);
  EXPECT_TRUE(queue.take().empty());
}

TEST(CommandQueue, NewestSliderValueWins) {
  Queue queue;
  for (int i = 0; i < 100; ++i) queue.push({FakeCommand::kSlider, i});
  const auto commands = queue.take();
  ASSERT_EQ(commands.size(), 1u);
  EXPECT_EQ(commands[0].value, 99);
}

TEST(CommandQueue, TwoSlidersDoNotPileUp) {
  Queue queue;
  for (int i = 0; i < 100; ++i) {
    queue.push({FakeCommand::kSlider, i});
    queue.push({FakeCommand::kOtherSlider, -i});
  }
  const auto commands = queue.take();
  ASSERT_EQ(commands.size(), 2u);
  EXPECT_EQ(commands[0].value, 99);
  EXPECT_EQ(commands[1].value, -99);
}

TEST(CommandQueue, SliderDoesNotMovePastAnotherCommand) {
  Queue queue;
  queue.push({FakeCommand::kSlider, 1});
  queue.push({FakeCommand::kNote, 7});
  queue.push({FakeCommand::kSlider, 2});
  const auto commands = queue.take();
  ASSERT_EQ(commands.size(), 3u);
  EXPECT_EQ(commands[0].value, 1);
  EXPECT_EQ(commands[1].value, 7);
  EXPECT_EQ(commands[2].value, 2);
}

TEST(CommandQueue, CloseEndsWaitingAndKeepsCommands) {
  Queue queue;
  std::atomic<bool> woke{false};
  std::thread reader([&] {
    queue.wait();
    woke = true;
  });
  queue.close();
  reader.join();
  EXPECT_TRUE(woke);
  queue.push({FakeCommand::kNote, 3});
  EXPECT_EQ(queue.take().size(), 1u);
  queue.wait();  // returns at once: closed
}

TEST(CommandQueue, WaitUntilTellsTimeOutFromCommand) {
  Queue queue;
  EXPECT_FALSE(queue.wait_until(Queue::Clock::now() + std::chrono::milliseconds(5)));
  queue.push({FakeCommand::kNote, 1});
  EXPECT_TRUE(queue.wait_until(Queue::Clock::now() + std::chrono::seconds(5)));
}

}  // namespace
}  // namespace lf::testing
