#include "models/parameter_set.h"

#include <gtest/gtest.h>

#include <limits>

#include "base/errors.h"

namespace lf::models {
namespace {

ParameterSet two_parameters(bool trainable = true) {
  return ParameterSet({{"a", {2, 3}, Initial::normal(1)}, {"b", {4}, Initial::zero()}},
                      at::make_generator<at::CPUGeneratorImpl>(1), trainable);
}

TEST(ParameterSet, ParametersAreViewsOfOneBuffer) {
  ParameterSet set = two_parameters();
  EXPECT_EQ(set.count(), 10);
  set.flat().fill_(3);
  EXPECT_EQ(set.named("a").detach().sum().item<float>(), 18);
  EXPECT_EQ(set.named("b").detach().sum().item<float>(), 12);
}

TEST(ParameterSet, GradientsLandInTheFlatBuffer) {
  ParameterSet set = two_parameters();
  const at::Tensor loss = (set.named("a") * 2).sum() + (set.named("b") * 5).sum();
  loss.backward();
  EXPECT_EQ(set.flat_gradient().sum().item<float>(), 2 * 6 + 5 * 4);
  (set.named("b") * 1).sum().backward();
  EXPECT_EQ(set.flat_gradient().sum().item<float>(), 2 * 6 + 6 * 4) << "a second backward adds up";
}

TEST(ParameterSet, SameGeneratorSameValues) {
  EXPECT_TRUE(at::equal(two_parameters().flat(), two_parameters().flat()));
}

TEST(ParameterSet, UnknownNameListsTheKnown) {
  const ParameterSet set = two_parameters();
  try {
    set.named("c");
    FAIL() << "expected an error";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("a, b"), std::string::npos) << error.what();
  }
}

TEST(ParameterSet, LoadNamesEveryProblemAndChangesNothing) {
  ParameterSet set = two_parameters();
  const at::Tensor before = set.flat().clone();
  const at::Tensor broken = at::full({4}, std::numeric_limits<float>::quiet_NaN());
  try {
    set.load({{"x.b", broken}}, "x.", "file");
    FAIL() << "expected an error";
  } catch (const InputError& error) {
    const std::string text = error.what();
    EXPECT_NE(text.find("missing x.a"), std::string::npos) << text;
    EXPECT_NE(text.find("x.b holds values that are not finite"), std::string::npos) << text;
  }
  EXPECT_TRUE(at::equal(before, set.flat()));
}

TEST(ParameterSet, StoredAndLoadedAreEqual) {
  ParameterSet set = two_parameters(), other = two_parameters(false);
  set.flat().normal_();
  other.load(set.to_map("p."), "p.", "file");
  EXPECT_TRUE(at::equal(set.flat(), other.flat()));
}

}  // namespace
}  // namespace lf::models
