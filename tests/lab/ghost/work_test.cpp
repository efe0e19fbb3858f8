// The endpoint estimates, against what the model itself says.
#include <cmath>
#include <cstring>

#include "base/image_shape.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "lab/ghost/result.h"
#include "lab_fixture.h"

namespace lf::lab {
namespace {

class GhostTool : public LabTest {};

TEST_F(GhostTool, TheGhostIsTheEndpointGuessAndTheJudgeSeesIt) {
  lab.open("ghost", {{"unlabelled", "off"}});
  complete();
  const LabGhost& g = *lab.block()->as<LabGhost>();
  const auto n = static_cast<size_t>(g.digits), states = g.t.size();
  ASSERT_EQ(g.states.count(), states * n);
  ASSERT_EQ(g.probability.size(), states * n * 10);
  EXPECT_EQ(g.t.front(), 0);
  EXPECT_EQ(g.t.back(), 1);
  // At the beginning the state is the preview's noise, and its estimate is noise plus the whole
  // velocity.
  const at::Tensor x = inference::preview_noise(7, g.digits),
                   labels = inference::cycled_labels(0, g.digits, -1);
  const at::Tensor v = inference::model_velocity(*model, labels, 1)(x, 0);
  const at::Tensor guess = inference::decode_pixels(*model, x + v).contiguous(),
                   state = inference::decode_pixels(*model, x).contiguous();
  EXPECT_EQ(std::memcmp(state.data_ptr(), g.states.bytes.data(), n * kDigitPixels), 0);
  EXPECT_EQ(std::memcmp(guess.data_ptr(), g.guesses.bytes.data(), n * kDigitPixels), 0);
  const at::Tensor p = at::softmax(untrained_judge()->run_block(guess).logits, 1);
  for (size_t i = 0; i < n * 10; ++i) {
    EXPECT_NEAR(g.probability[i], p.view({-1})[static_cast<int64_t>(i)].item<float>(), 1e-4);
  }
  // At the end the estimate is the state itself.
  const size_t last = (states - 1) * n * kDigitPixels;
  EXPECT_EQ(std::memcmp(g.states.bytes.data() + last, g.guesses.bytes.data() + last, n * kDigitPixels), 0);
}

TEST_F(GhostTool, EntropyAndDecisionsFollowFromTheProbabilities) {
  lab.open("ghost");
  complete();
  const LabGhost& g = *lab.block()->as<LabGhost>();
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

TEST_F(GhostTool, LeftToItselfIsGuidanceZeroWhateverThePreviewDoes) {
  lab.set_options({7, 3, 2, false});
  lab.open("ghost");
  complete();
  const auto own = lab.block();
  EXPECT_TRUE(own->arguments.on("unlabelled"));
  EXPECT_EQ(own->as<LabGhost>()->labels[0], 10);
  lab.set_options({7, -1, 0, false});
  lab.open("ghost", {{"unlabelled", "off"}});
  complete();
  EXPECT_EQ(lab.block()->as<LabGhost>()->states.bytes, own->as<LabGhost>()->states.bytes);
}

TEST_F(GhostTool, ANetWithoutLabelsIsAskedForNoDigit) {
  const auto unlabelled = random_model("dit");
  lab.set_model(unlabelled.get());
  lab.set_options({7, 3, 1, false});
  lab.open("ghost");
  complete();
  EXPECT_NE(lab.block()->problem, "");
  lab.set_options({7, -1, 1, false});
  complete();
  EXPECT_EQ(lab.block()->problem, "");
  EXPECT_EQ(lab.block()->as<LabGhost>()->labels[0], 10);
}

}  // namespace
}  // namespace lf::lab
