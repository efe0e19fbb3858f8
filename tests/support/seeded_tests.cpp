// Every test begins with the same random numbers, alone or after others: LibTorch seeds its generator from
// the system, and one draw in some hundred lies beyond a tolerance.
#include <ATen/Context.h>
#include <gtest/gtest.h>

namespace lf {
namespace {

class SeedEachTest : public ::testing::EmptyTestEventListener {
  void OnTestStart(const ::testing::TestInfo& /*test*/) override { at::manual_seed(1); }
};

const bool kListens = [] {
  ::testing::UnitTest::GetInstance()->listeners().Append(new SeedEachTest);  // gtest deletes it
  return true;
}();

}  // namespace
}  // namespace lf
