#include "run/marks.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/errors.h"
#include "expect_error.h"
#include "random_model.h"
#include "temporary_folder.h"

namespace lf::run {
namespace {

namespace fs = std::filesystem;

std::vector<int64_t> all_marks(int64_t planned, int64_t marks) {
  std::vector<int64_t> steps;
  for (int64_t step = next_mark(-1, planned, marks); step <= planned; step = next_mark(step, planned, marks))
    steps.push_back(step);
  return steps;
}

TEST(NextMark, TheyAreDenserWhereSamplesChangeFastest) {
  const std::vector<int64_t> steps = all_marks(900, 30);
  ASSERT_EQ(steps.size(), 31u);
  for (size_t k = 0; k < steps.size(); ++k) EXPECT_EQ(steps[k], static_cast<int64_t>(k * k));
}

TEST(NextMark, AShortRunHasOneForEveryStepAndALongOneAsManyAsAsked) {
  EXPECT_EQ(all_marks(3, 30), (std::vector<int64_t>{0, 1, 2, 3}));
  EXPECT_EQ(all_marks(1000000, 30).size(), 31u);
  EXPECT_EQ(all_marks(1516, 30).back(), 1516);
}

TEST(NextMark, ItIsAlwaysLaterAndGoesOnBeyondThePlan) {
  for (const int64_t planned : {1, 7, 100, 1516})
    for (int64_t step = -1; step < 3 * planned; ++step) EXPECT_GT(next_mark(step, planned, 30), step);
  EXPECT_LT(next_mark(1516, 1516, 30), 1516 * 1.1);
  EXPECT_EQ(next_mark(5, 100, 0), -1) << "none were asked for";
}

class MarksTest : public ::testing::Test {
 protected:
  /// A model after that many steps of its flow, with weights of its own.
  static std::unique_ptr<inference::Model> model_at(int64_t step) {
    auto model = random_model();
    model->average->parameters().flat().add_(static_cast<double>(step));
    model->flow_steps = step;
    return model;
  }
  Marks with(const std::vector<int64_t>& steps) {
    Marks marks(folder.path());
    for (const int64_t step : steps) marks.keep(*model_at(step));
    return marks;
  }
  size_t files() const {
    return static_cast<size_t>(
        std::distance(fs::directory_iterator(folder.path() / "marks"), fs::directory_iterator()));
  }

  testing::TemporaryFolder folder;
};

TEST_F(MarksTest, AMarkHoldsTheSamplingWeightsRoundedToBfloat16) {
  const auto model = model_at(12);
  Marks marks(folder.path());
  marks.keep(*model);
  const auto seen = Marks(folder.path()).load(12, *model);
  EXPECT_EQ(seen->flow_steps, 12);
  EXPECT_FALSE(seen->averages());
  EXPECT_TRUE(at::equal(seen->net->parameters().flat(),
                        model->average->parameters().flat().to(at::kBFloat16).to(at::kFloat)));
  EXPECT_TRUE(at::equal(seen->autoencoder->parameters().flat(),
                        model->autoencoder->parameters().flat().to(at::kBFloat16).to(at::kFloat)));
  EXPECT_TRUE(at::equal(seen->standardisation.shift, model->standardisation.shift));
}

TEST_F(MarksTest, TheyAreFoundAgainInTheirOrder) {
  with({30, 2, 7});
  std::ofstream(folder.path() / "marks" / "notes.txt") << "mine";
  std::ofstream(folder.path() / "marks" / "flow-9.safetensors") << "no mark has so short a name";
  const Marks again(folder.path());
  EXPECT_EQ(again.steps(), (std::vector<int64_t>{2, 7, 30}));
  EXPECT_TRUE(again.has(7));
  EXPECT_FALSE(again.has(8));
  EXPECT_EQ(again.last(), 30);
}

TEST_F(MarksTest, ARunThatReturnsLosesTheLaterOnes) {
  Marks marks = with({0, 5, 10});
  marks.forget_after(5);
  EXPECT_EQ(Marks(folder.path()).steps(), (std::vector<int64_t>{0, 5}));
  marks.forget_after(-1);
  EXPECT_EQ(files(), 0u);
}

TEST_F(MarksTest, ThinningKeepsTheFirstAndTheLast) {
  Marks marks = with({0, 1, 2, 3, 4, 5});
  marks.thin_out();
  EXPECT_EQ(marks.steps(), (std::vector<int64_t>{0, 2, 4, 5}));
  EXPECT_EQ(Marks(folder.path()).steps(), marks.steps());
}

TEST_F(MarksTest, ADamagedOrForeignFileIsNamed) {
  const Marks marks = with({3, 4});
  const auto model = model_at(3);
  std::ofstream(folder.path() / "marks" / "flow-00000003.safetensors") << "short";
  testing::expect_error<InputError>("flow-00000003.safetensors", [&] { marks.load(3, *model); });
  fs::rename(folder.path() / "marks" / "flow-00000004.safetensors",
             folder.path() / "marks" / "flow-00000003.safetensors");
  testing::expect_error<InputError>("not a mark of this run", [&] { marks.load(3, *model); });
}

TEST_F(MarksTest, WhatAKilledProgramLeftIsRemoved) {
  with({3});
  std::ofstream(folder.path() / "marks" / ".flow-00000004.safetensors.tmp123") << "half of it";
  std::ofstream(folder.path() / "marks" / "notes.txt") << "mine";
  remove_mark_leftovers(folder.path());
  EXPECT_EQ(files(), 2u);
  remove_marks(folder.path());
  EXPECT_EQ(files(), 1u) << "what is not the program's stays";
}

TEST_F(MarksTest, NothingIsWrittenThroughALink) {
  testing::TemporaryFolder elsewhere;
  fs::create_directory_symlink(elsewhere.path(), folder.path() / "marks");
  Marks marks(folder.path());
  testing::expect_error<RunError>("it is a link", [&] { marks.keep(*model_at(1)); });
  remove_marks(folder.path());
  EXPECT_TRUE(fs::exists(elsewhere.path()));
  EXPECT_FALSE(fs::exists(folder.path() / "marks"));
}

}  // namespace
}  // namespace lf::run
