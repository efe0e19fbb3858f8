// A lab with a small random model, made-up digits and an untrained judge, for the tests of its tools.
#pragma once

#include <gtest/gtest.h>

#include "lab/lab.h"
#include "lab_digits.h"
#include "random_model.h"
#include "toy_judge.h"

namespace lf {

inline std::shared_ptr<const metrics::Judge> untrained_judge() {
  metrics::JudgeFacts facts;
  facts.data_digest = "toy";
  return std::make_shared<metrics::Judge>(random_judge_weights(5), facts);
}

class LabTest : public ::testing::Test {
 protected:
  LabTest() {
    lab.set_model(model.get());
    lab.set_judge(untrained_judge());
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
  /// The same, for a question that has an answer.
  void answer() {
    complete();
    EXPECT_EQ(lab.block()->problem, "");
  }
  /// Standardised latents (n, 64) of pixels (n, 784), by the model's own encoder.
  at::Tensor encoded(const at::Tensor& pixels) const {
    const at::Tensor images = pixels.to(at::kFloat).div(255).view({-1, 1, 28, 28});
    return model->standardisation.to_standard(model->autoencoder->encode(images).mean.reshape({-1, 64}));
  }

  data::DataTensors data = lab_digits();
  std::unique_ptr<inference::Model> model = random_model();
  lab::Lab lab;
};

}  // namespace lf
