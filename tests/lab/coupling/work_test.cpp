// The coupling lab compared with couplings and integrations made here.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "flow/coupling.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "lab/coupling/result.h"
#include "lab/lab.h"
#include "lab/table.h"
#include "lab_digits.h"
#include "random_model.h"

namespace lf::lab {
namespace {

void complete(Lab& lab) {
  for (int i = 0; i < 20000 && lab.due(); ++i) lab.advance();
  ASSERT_TRUE(lab.block()->complete);
  ASSERT_EQ(lab.block()->problem, "");
}

class CouplingLabTest : public ::testing::Test {
 protected:
  CouplingLabTest() {
    lab.set_data(&data);
    lab.set_model(model.get());
  }
  data::DataTensors data = lab_digits();
  std::unique_ptr<inference::Model> model = random_model(), before = random_model();
  Lab lab;
};

TEST_F(CouplingLabTest, PairsTheSameBatchInThreeWays) {
  lab.open("coupling", {{"batch", "64"}});
  complete(lab);
  const LabCoupling& found = *lab.block()->as<LabCoupling>();
  EXPECT_EQ(found.batch, 64);
  EXPECT_EQ(found.batches, found.planned);
  EXPECT_EQ(found.labels.size(), 64u);
  ASSERT_EQ(found.pairings.size(), flow::coupling_laws().size());
  for (size_t law = 0; law < found.pairings.size(); ++law) {
    const LabPairing& p = found.pairings[law];
    EXPECT_EQ(p.law, flow::coupling_laws()[law].first);
    std::vector<int64_t> rows = p.noise_row;
    std::sort(rows.begin(), rows.end());
    for (size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i], static_cast<int64_t>(i)) << "a permutation";
  }
  const LabPairing &chance = found.pairings[0], &all = found.pairings[1], &own = found.pairings[2];
  for (size_t i = 0; i < 64; ++i) {
    EXPECT_EQ(chance.noise_row[i], static_cast<int64_t>(i));
    EXPECT_EQ(found.labels[i], found.labels[static_cast<size_t>(own.noise_row[i])]) << "within the digit";
  }
  EXPECT_LT(all.cost, own.cost);
  EXPECT_LT(own.cost, chance.cost);
  EXPECT_NEAR(own.skew, chance.skew, 1e-6) << "a class keeps the noise drawn for it";
  EXPECT_GT(chance.cost_spread, 0);
}

TEST_F(CouplingLabTest, LargerBatchesFindShorterWays) {
  lab.open("coupling", {{"batch", "64"}});
  complete(lab);
  const LabCoupling small = *lab.block()->as<LabCoupling>();
  lab.open("coupling", {{"batch", "256"}});
  EXPECT_FALSE(lab.block()->complete);
  complete(lab);
  const LabCoupling& large = *lab.block()->as<LabCoupling>();
  EXPECT_EQ(large.batch, 256);
  EXPECT_LT(large.pairings[1].cost, small.pairings[1].cost);
  EXPECT_NEAR(large.pairings[0].cost / small.pairings[0].cost, 1, 0.02);
}

TEST_F(CouplingLabTest, FollowsTheFlowByFewSteps) {
  lab.open("coupling", {{"show", "reflow"}});
  complete(lab);
  const LabCoupling& found = *lab.block()->as<LabCoupling>();
  EXPECT_TRUE(found.before.points.empty());
  EXPECT_EQ(found.trained_with, "independent");
  const at::Tensor noise = inference::preview_noise(7, found.digits);
  const flow::VelocityField field =
      inference::model_velocity(*model, inference::cycled_labels(0, found.digits, -1), 1);
  const at::Tensor fine =
      flow::integrate(field, noise, inference::integrate_options({"midpoint", 16, 1})).x.back();
  ASSERT_EQ(found.now.few.size(), 3u);
  for (const LabFewSteps& few : found.now.few) {
    const at::Tensor end =
        flow::integrate(field, noise, inference::integrate_options({"euler", few.steps, 1})).x.back();
    const double error = (end - fine).to(at::kDouble).square().mean().sqrt().item<double>();
    EXPECT_NEAR(few.error, error, 1e-5 * (1 + error));
    EXPECT_EQ(few.points.size(), static_cast<size_t>(2 * found.digits * (few.steps + 1)));
  }
  EXPECT_GT(found.now.few.front().error, found.now.few.back().error);
  EXPECT_EQ(found.now.points.size(), static_cast<size_t>(2 * found.digits * found.fine_states));
  EXPECT_EQ(found.now.pictures.count(), static_cast<size_t>(4 * found.shown));
  const std::string csv = lab_table(*lab.block()).csv();
  EXPECT_NE(csv.find("\nflow,"), std::string::npos);
  EXPECT_EQ(csv.find("before"), std::string::npos);
}

TEST_F(CouplingLabTest, ComparesWithTheFlowBefore) {
  before->average->parameters().flat().mul_(0.5);
  lab.set_before(before.get());
  lab.open("coupling", {{"show", "reflow"}});
  complete(lab);
  const LabCoupling& found = *lab.block()->as<LabCoupling>();
  ASSERT_EQ(found.before.few.size(), found.now.few.size());
  EXPECT_EQ(found.before.points.size(), found.now.points.size());
  EXPECT_NE(found.before.few[0].error, found.now.few[0].error);
  // Both start at the same noise, in the same plane.
  const auto stride = static_cast<size_t>(2 * found.fine_states);
  for (size_t i = 0; i < static_cast<size_t>(found.digits); ++i) {
    EXPECT_NEAR(found.before.points[i * stride], found.now.points[i * stride], 1e-5);
    EXPECT_NEAR(found.before.points[i * stride + 1], found.now.points[i * stride + 1], 1e-5);
  }
  lab.set_before(nullptr);
  EXPECT_FALSE(lab.block()->complete);
  complete(lab);
  EXPECT_TRUE(lab.block()->as<LabCoupling>()->before.points.empty());
}

TEST_F(CouplingLabTest, TheFloorIsThatOfPairsByChanceOnly) {
  model->facts["reflow"] = "1";
  lab.set_model(model.get());
  lab.open("loss-floor");
  for (int i = 0; i < 20000 && lab.due(); ++i) lab.advance();
  EXPECT_NE(lab.block()->problem.find("a reflow"), std::string::npos) << lab.block()->problem;
}

}  // namespace
}  // namespace lf::lab
