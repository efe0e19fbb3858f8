#include "session/latest_value.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace lf {
namespace {

TEST(LatestValue, EmptyThenNewest) {
  LatestValue<int> latest;
  EXPECT_EQ(latest.get(), nullptr);
  EXPECT_EQ(latest.version(), 0u);
  latest.set(std::make_shared<const int>(1));
  const auto kept = latest.get();
  latest.set(std::make_shared<const int>(2));
  EXPECT_EQ(*latest.get(), 2);
  EXPECT_EQ(*kept, 1);  // a reader's value outlives the next ones
  EXPECT_EQ(latest.version(), 2u);
}

TEST(LatestValue, ReadersSeeWholeValuesInRisingOrder) {
  struct Pair {
    int a, b;
  };
  LatestValue<Pair> latest;
  latest.set(std::make_shared<const Pair>(Pair{0, 0}));
  std::atomic<bool> running{true}, sound{true};
  std::vector<std::thread> readers;
  for (int r = 0; r < 3; ++r) {
    readers.emplace_back([&] {
      for (int last = 0; running;) {
        const auto value = latest.get();
        if (value->a != value->b || value->a < last) sound = false;
        last = value->a;
      }
    });
  }
  for (int i = 1; i <= 5000; ++i) latest.set(std::make_shared<const Pair>(Pair{i, i}));
  running = false;
  for (auto& reader : readers) reader.join();
  EXPECT_TRUE(sound);
  EXPECT_EQ(latest.get()->a, 5000);
}

}  // namespace
}  // namespace lf
