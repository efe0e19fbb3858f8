// Whatever limits OpenMP in the environment: the number that is set is the number of threads. CTest
// runs these tests a second time with OMP_THREAD_LIMIT=1 (parallel_limited).
#include "parallel/thread_count.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "parallel/team.h"

namespace lf::parallel {
namespace {

/// The number of threads in a team, each waiting a little so that none does the work of two.
size_t threads_of_a_team() {
  std::mutex mutex;
  std::set<std::thread::id> seen;
  run_team(at::get_num_threads(), [&](int64_t) {
    const std::lock_guard lock(mutex);
    seen.insert(std::this_thread::get_id());
  });
  return seen.size();
}

/// The limit that the environment sets, or none.
int limit() {
  const char* value = std::getenv("OMP_THREAD_LIMIT");
  return value ? std::atoi(value) : 1 << 20;
}

class ThreadCountTest : public ::testing::Test {
 protected:
  void TearDown() override { set_thread_count(2); }
};

TEST_F(ThreadCountTest, WhatIsSetIsWhatComes) {
  for (const int wanted : {1, 2, 3, 8, 2}) {
    const ThreadCount count = set_thread_count(wanted);
    EXPECT_EQ(count.wanted, wanted);
    EXPECT_EQ(count.granted, std::min(wanted, limit()));
    EXPECT_EQ(count.reason.empty(), count.granted == wanted) << count.reason;
    EXPECT_EQ(at::get_num_threads(), count.granted);
    EXPECT_EQ(threads_of_a_team(), static_cast<size_t>(count.granted));
  }
}

TEST_F(ThreadCountTest, TheReasonNamesTheLimit) {
  const ThreadCount count = set_thread_count(1000);
  if (limit() > 1000) GTEST_SKIP() << "nothing limits this process";
  EXPECT_NE(count.reason.find("OMP_THREAD_LIMIT=" + std::to_string(limit())), std::string::npos)
      << count.reason;
}

TEST_F(ThreadCountTest, ZeroTakesWhatThisProcessMayUse) {
  EXPECT_GE(usable_threads(), 1);
  EXPECT_LE(usable_threads(), static_cast<int>(std::thread::hardware_concurrency()));
  const ThreadCount count = set_thread_count(0);
  EXPECT_EQ(count.wanted, usable_threads());
  EXPECT_EQ(count.granted, std::min(usable_threads(), limit()));
}

/// oneDNN's backward convolution waits for every planned thread: this call used to hang.
TEST_F(ThreadCountTest, AConvolutionsGradientComesBack) {
  set_thread_count(4);
  const at::Tensor images = at::randn({32, 8, 14, 14});
  at::Tensor weight = at::randn({16, 8, 3, 3}).set_requires_grad(true);
  at::conv2d(images, weight).square().sum().backward();
  EXPECT_TRUE(at::isfinite(weight.grad()).all().item<bool>());
}

}  // namespace
}  // namespace lf::parallel
