#include "parallel/fork_join.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <stdexcept>
#include <thread>

namespace lf::parallel {
namespace {

TEST(ForkJoin, PartsCoverEveryRowOnce) {
  for (const int64_t parts : {int64_t{2}, kParts, int64_t{16}}) {
    for (const int64_t rows : {0, 1, 2, 7, 256}) {
      int64_t next = 0;
      for (int64_t part = 0; part < parts; ++part) {
        EXPECT_EQ(part_of(rows, part, parts).first, next);
        next += part_of(rows, part, parts).count;
      }
      EXPECT_EQ(next, rows);
    }
  }
}

TEST(ForkJoin, EveryPartRunsOnce) {
  std::atomic<int64_t> sum{0}, calls{0};
  fork_join([&](int64_t part) {
    sum += part;
    ++calls;
  });
  EXPECT_EQ(calls, kParts);
  EXPECT_EQ(sum, kParts * (kParts - 1) / 2);
}

TEST(ForkJoin, PartsRunOnThreadsOfTheirOwn) {
  at::set_num_threads(2);
  std::array<std::thread::id, 2> ids;
  std::array<bool, 2> inside{};
  const auto note = [&](int64_t part) {
    ids[static_cast<size_t>(part)] = std::this_thread::get_id();
    inside[static_cast<size_t>(part)] = at::in_parallel_region();
  };
  fork_join(note, 2);
  EXPECT_NE(ids[0], ids[1]);
  EXPECT_TRUE(inside[0] && inside[1]) << "operations inside a part must stay on its thread";
}

TEST(ForkJoin, AFreeThreadTakesTheNextPiece) {
  at::set_num_threads(2);
  std::array<std::thread::id, kParts> ids;
  std::atomic<int64_t> done{0};
  const auto piece = [&](int64_t p) {
    ids[static_cast<size_t>(p)] = std::this_thread::get_id();
    while (p == 0 && done < kParts - 1) std::this_thread::yield();  // a thread whose core was taken
    ++done;
  };
  fork_join(piece, kParts);
  for (size_t p = 1; p < kParts; ++p) EXPECT_NE(ids[p], ids[0]);
}

TEST(ForkJoin, ExceptionsComeBack) {
  EXPECT_THROW(fork_join([](int64_t part) {
                 if (part == kParts - 1) throw std::runtime_error("part failed");
               }),
               std::runtime_error);
}

TEST(ForkJoin, GradientsOfPartsAreThoseOfTheWhole) {
  const at::Tensor x = at::randn({9, 4});
  at::Tensor whole = at::randn({4}).set_requires_grad(true);
  (x * whole).square().sum().backward();
  std::vector<at::Tensor> leaves;
  for (int64_t part = 0; part < kParts; ++part)
    leaves.push_back(whole.detach().clone().set_requires_grad(true));
  fork_join([&](int64_t part) {
    const RowRange range = part_of(9, part);
    (x.narrow(0, range.first, range.count) * leaves[static_cast<size_t>(part)]).square().sum().backward();
  });
  at::Tensor sum = at::zeros({4});
  for (const at::Tensor& leaf : leaves) sum = sum + leaf.grad();
  EXPECT_LT((sum - whole.grad()).abs().max().item<float>(), 1e-4);
}

TEST(ForkJoin, MapJoinsInOrder) {
  for (const int64_t rows : {1, 5, 8}) {
    const at::Tensor x = at::arange(rows * 3, at::kFloat).view({rows, 3});
    const at::Tensor y =
        map_parts(x, [](const at::Tensor& part, RowRange range) { return part + range.first * 0; });
    EXPECT_TRUE(at::equal(x, y));
  }
}

}  // namespace
}  // namespace lf::parallel
