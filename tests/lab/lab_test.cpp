// The lab's life cycle, and its tools' results compared with the model's own.
#include "lab/lab.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <map>

#include "base/errors.h"
#include "flow/solvers.h"
#include "inference/preview_noise.h"
#include "inference/sampling.h"
#include "lab/ghost/result.h"
#include "lab/guidance/result.h"
#include "lab/solvers/result.h"
#include "lab/tools.h"
#include "lab_digits.h"
#include "random_model.h"
#include "toy_judge.h"

namespace lf {
namespace {

std::shared_ptr<const Judge> random_judge() {
  JudgeFacts facts;
  facts.data_digest = "toy";
  return std::make_shared<Judge>(random_judge_weights(5), facts);
}

class LabTest : public ::testing::Test {
 protected:
  LabTest() {
    lab.set_model(model.get());
    lab.set_judge(random_judge());
    lab.set_data(&data);
  }
  /// Runs the tool to its end; returns the number of slices.
  int complete() {
    int slices = 0;
    for (; lab.due() && slices < 10000; ++slices) lab.advance();
    EXPECT_FALSE(lab.due());
    EXPECT_TRUE(lab.block()->complete);
    return slices;
  }
  DataTensors data = lab_digits();
  std::unique_ptr<Model> model = random_model();
  Lab lab;
};

TEST_F(LabTest, IsClosedUntilOpenedAndRefusesUnknownTools) {
  EXPECT_FALSE(lab.due());
  EXPECT_THROW(lab.open("crystal-ball"), InputError);
  EXPECT_FALSE(lab.due());
  lab.open("ghost");
  EXPECT_TRUE(lab.due());
  EXPECT_EQ(lab.block()->tool, "ghost");
  lab.open("");
  EXPECT_FALSE(lab.due());
  EXPECT_EQ(lab.block()->tool, "");
}

TEST_F(LabTest, EveryToolOfTheTableAnswers) {
  for (const LabToolInfo& tool : lab_tools()) {
    lab.open(tool.id);
    EXPECT_GT(complete(), 3) << tool.id;
    EXPECT_EQ(lab.block()->problem, "") << tool.id;
    EXPECT_EQ(lab.block()->progress, 1) << tool.id;
  }
}

TEST_F(LabTest, AnOptionOrANewModelBeginsAnewAndTheNewestWins) {
  lab.open("ghost");
  complete();
  const auto before = lab.block();
  lab.set_options({8, -1, 1, false});
  lab.advance();
  lab.set_options({9, -1, 1, false});
  complete();
  EXPECT_EQ(lab.block()->seed, 9);
  EXPECT_GT(lab.block()->version, before->version);
  EXPECT_NE(lab.block()->ghost->states, before->ghost->states);
  model->flow_steps = 5;  // trained on meanwhile
  EXPECT_TRUE(lab.due());
  complete();
  EXPECT_EQ(lab.block()->trained_step, 5);
  lab.set_model(nullptr);
  EXPECT_FALSE(lab.due());
  EXPECT_EQ(lab.block()->ghost, nullptr);
}

TEST_F(LabTest, LeftToItselfIsGuidanceZeroWhateverThePreviewDoes) {
  lab.set_options({7, 3, 2, false});
  lab.open("ghost");
  complete();
  const auto own = lab.block();
  EXPECT_TRUE(own->arguments.on("unlabelled"));
  EXPECT_EQ(own->ghost->labels[0], 10);
  lab.set_options({7, -1, 0, false});
  lab.open("ghost", {{"unlabelled", "off"}});
  complete();
  EXPECT_EQ(lab.block()->ghost->states, own->ghost->states);
}

TEST_F(LabTest, TheGuidanceGridIsKeptWhenAnotherGuidanceIsChosen) {
  lab.set_options({7, -1, 1, false});
  lab.open("guidance");
  complete();
  const auto first = lab.block()->guidance_grid;
  lab.set_options({7, 4, 3, false});
  ASSERT_TRUE(lab.due());
  lab.advance();
  EXPECT_TRUE(lab.block()->complete) << "at once: nothing of it depends on the preview's guidance";
  EXPECT_EQ(lab.block()->guidance_grid->pictures, first->pictures);
}

TEST_F(LabTest, AnOldAnswerStaysUntilTheNewOneIsComplete) {
  lab.open("solvers");
  EXPECT_TRUE(lab.first_answer_waits());
  complete();
  const auto first = lab.block();
  model->flow_steps = 9;  // trained on
  EXPECT_TRUE(lab.due());
  EXPECT_FALSE(lab.first_answer_waits());
  for (int i = 0; i < 200 && lab.due(); ++i) {
    EXPECT_EQ(lab.block(), first);
    lab.advance();
  }
  complete();
  EXPECT_EQ(lab.block()->trained_step, 9);
}

TEST_F(LabTest, SaysWhyItCannotAnswer) {
  lab.set_judge(nullptr);
  lab.open("ghost");
  complete();
  EXPECT_NE(lab.block()->problem.find("classifier"), std::string::npos);
  lab.open("solvers");  // needs none
  complete();
  EXPECT_EQ(lab.block()->problem, "");
}

TEST_F(LabTest, TheGhostIsTheEndpointGuessAndTheJudgeSeesIt) {
  lab.open("ghost", {{"unlabelled", "off"}});
  complete();
  const LabGhost& g = *lab.block()->ghost;
  const auto n = static_cast<size_t>(g.digits), states = g.t.size();
  ASSERT_EQ(g.states.size(), states * n * 784);
  ASSERT_EQ(g.probability.size(), states * n * 10);
  EXPECT_EQ(g.t.front(), 0);
  EXPECT_EQ(g.t.back(), 1);
  // At the beginning the state is the preview's noise, and its estimate is noise plus the whole
  // velocity.
  const at::Tensor x = preview_noise(7, g.digits), labels = cycled_labels(0, g.digits, -1);
  const at::Tensor v = model_velocity(*model, labels, 1)(x, 0);
  const at::Tensor guess = decode_pixels(*model, x + v).contiguous(),
                   state = decode_pixels(*model, x).contiguous();
  EXPECT_EQ(std::memcmp(state.data_ptr(), g.states.data(), n * 784), 0);
  EXPECT_EQ(std::memcmp(guess.data_ptr(), g.guesses.data(), n * 784), 0);
  const at::Tensor p = at::softmax(random_judge()->run_block(guess).logits, 1);
  for (size_t i = 0; i < n * 10; ++i) {
    EXPECT_NEAR(g.probability[i], p.view({-1})[static_cast<int64_t>(i)].item<float>(), 1e-4);
  }
  // At the end the estimate is the state itself.
  const size_t last = (states - 1) * n * 784;
  EXPECT_EQ(std::memcmp(g.states.data() + last, g.guesses.data() + last, n * 784), 0);
}

TEST_F(LabTest, EntropyAndDecisionsFollowFromTheProbabilities) {
  lab.open("ghost");
  complete();
  const LabGhost& g = *lab.block()->ghost;
  const auto n = static_cast<size_t>(g.digits), states = g.t.size();
  int64_t switches = 0;
  for (size_t d = 0; d < n; ++d) {
    size_t decided = 0;
    for (size_t s = 0; s < states; ++s) {
      const float* p = g.probability.data() + (s * n + d) * 10;
      double bits = 0, sum = 0;
      for (int k = 0; k < 10; ++k) {
        sum += p[k];
        if (p[k] > 0) bits -= p[k] * std::log2(p[k]);
        EXPECT_LE(p[k], p[g.seen[s * n + d]]);
      }
      EXPECT_NEAR(sum, 1, 1e-5);
      EXPECT_NEAR(g.entropy[s * n + d], bits, 1e-4);
      if (s > 0 && g.seen[s * n + d] != g.seen[(s - 1) * n + d]) ++switches, decided = s;
    }
    EXPECT_EQ(g.decided[d], g.t[decided]);
  }
  EXPECT_EQ(g.switches, switches);
}

TEST_F(LabTest, SolverErrorsAreThoseOfIntegratingHere) {
  model->average->parameters().flat().mul_(0.5);  // a smoother field
  lab.open("solvers");
  complete();
  const LabSolvers& found = *lab.block()->solvers;
  EXPECT_EQ(found.reference_nfe, 200);
  EXPECT_EQ(found.pictures.size(), found.points.size() * static_cast<size_t>(found.shown) * 784);
  const VelocityField field = model_velocity(*model, cycled_labels(0, found.digits, -1), 1);
  const at::Tensor noise = preview_noise(7, found.digits);
  const auto end_of = [&](const std::string& solver, int steps) {
    return integrate(field, noise, integrate_options({solver, steps, 1})).x.back();
  };
  const at::Tensor truth = end_of("rk4", 50);
  std::map<std::string, std::vector<double>> errors;
  for (size_t i = 0; i < found.points.size(); ++i) {
    const LabSolverPoint& p = found.points[i];
    const SolverInfo& solver = solver_from_name(p.solver);
    EXPECT_EQ(p.order, solver.order);
    if (solver.adaptive) continue;
    const at::Tensor end = end_of(p.solver, steps_for_nfe(solver, static_cast<int>(p.nfe)));
    EXPECT_NEAR(p.error, (end - truth).square().mean().sqrt().item<double>(), 1e-5) << p.solver << p.nfe;
    const at::Tensor pixels = decode_pixels(*model, end.narrow(0, 0, found.shown)).contiguous();
    const auto bytes = static_cast<size_t>(found.shown) * 784;
    EXPECT_EQ(std::memcmp(pixels.data_ptr(), found.pictures.data() + i * bytes, bytes), 0);
    errors[p.solver].push_back(p.error);
  }
  EXPECT_GE(errors.size(), 5u);
  for (const auto& [solver, falling] : errors) EXPECT_LT(falling.back(), 0.5 * falling.front()) << solver;
}

TEST_F(LabTest, AdaptiveStepsTileTheWay) {
  lab.open("solvers");
  complete();
  const LabSolvers& found = *lab.block()->solvers;
  ASSERT_FALSE(found.attempts.empty());
  float at = 0;
  for (const LabAttempt& attempt : found.attempts) {
    EXPECT_EQ(attempt.from, at);
    EXPECT_EQ(attempt.accepted, attempt.error < 1);
    if (attempt.accepted) at = attempt.to;
  }
  EXPECT_FLOAT_EQ(at, 1);
}

TEST_F(LabTest, ANetWithoutLabelsIsAskedForNoDigit) {
  const auto unlabelled = random_model("dit");
  lab.set_model(unlabelled.get());
  lab.set_options({7, 3, 1, false});
  lab.open("ghost");
  complete();
  EXPECT_NE(lab.block()->problem, "");
  lab.set_options({7, -1, 1, false});
  complete();
  EXPECT_EQ(lab.block()->problem, "");
  EXPECT_EQ(lab.block()->ghost->labels[0], 10);
}

}  // namespace
}  // namespace lf
