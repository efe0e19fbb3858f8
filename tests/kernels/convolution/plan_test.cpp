#include "kernels/convolution/plan.h"

#include <gtest/gtest.h>

#include <set>

namespace lf::kernels {
namespace {

TEST(ConvolutionPlan, BordersAndEnlargedGridsCostNothing) {
  const auto products = [](const ConvDirection& direction) {
    size_t sum = 0;
    for (const ConvPhase& phase : direction.phases) sum += phase.taps.size() * phase.places.size();
    return sum;
  };
  const ConvPlan plain({3, 1, 7, 7, 7}), enlarged({3, 1, 4, 7, 7});
  EXPECT_EQ(products(plain.forward), 19u * 19) << "of 21·21 with zeros around the grid";
  EXPECT_EQ(products(plain.backward), 19u * 19);
  EXPECT_EQ(products(enlarged.forward), 13u * 13) << "taps that meet the same number are one";
}

TEST(ConvolutionPlan, EveryOutputIsInOnePhase) {
  for (const ConvGeometry& g :
       {ConvGeometry{3, 2, 7, 7, 4}, {3, 1, 4, 7, 7}, {5, 1, 6, 6, 6}, {1, 1, 4, 4, 4}}) {
    const ConvPlan plan(g);
    for (const ConvDirection* direction : {&plan.forward, &plan.backward}) {
      std::multiset<int64_t> outputs;
      for (const ConvPhase& phase : direction->phases) {
        for (const ConvPlace& place : phase.places) {
          outputs.insert(place.output);
          for (const ConvTap& tap : phase.taps) {
            EXPECT_GE(place.input + tap.offset, 0);
            EXPECT_LT(place.input + tap.offset, direction->inputs);
            EXPECT_LT(tap.matrix, static_cast<int64_t>(plan.matrices.size()));
          }
        }
      }
      EXPECT_EQ(static_cast<int64_t>(outputs.size()), direction->outputs);
      EXPECT_EQ(std::set<int64_t>(outputs.begin(), outputs.end()).size(), outputs.size());
    }
  }
}

}  // namespace
}  // namespace lf::kernels
