// Runs whose encoder is frozen early: the flow starts at once, and the decoder continues beside it.
#include <gtest/gtest.h>

#include <algorithm>

#include "experiment_fixture.h"
#include "models/weights/tensor_io.h"
#include "records/provenance.h"
#include "run/run_files.h"

namespace lf::worker {
namespace {

/// Ten autoencoder steps, of which three train the encoder, and twelve of the flow.
class FrozenEncoder : public ExperimentTest {
 protected:
  void begin(Workload& workload, const std::string& name, const Budget& budget = Budget{0, 12, 0, 0}) {
    workload.apply(SetCommand{"autoencoder.batch", "64"});
    workload.apply(SetCommand{"flow.batch", "64"});
    workload.apply(TrainCommand{"", budget, (runs_ / name).string(), false, true});
  }

  run::Checkpoint stored(const std::string& name) const { return run::load_checkpoint(runs_ / name); }

  /// The weights of a stored run whose names begin with `prefix`.
  std::map<std::string, std::vector<uint8_t>> weights(const std::string& name,
                                                      const std::string& prefix) const {
    std::map<std::string, std::vector<uint8_t>> found;
    const files::Safetensors file = files::read_safetensors(runs_ / name / "checkpoint.safetensors");
    for (const auto& [tensor, value] : file.tensors)
      if (tensor.rfind(prefix, 0) == 0) found[tensor] = {value.bytes.begin(), value.bytes.end()};
    EXPECT_FALSE(found.empty()) << prefix;
    return found;
  }

  /// Replaces the steps in the plan of a stored run.
  void plan(const std::string& name, const at::Tensor& steps) const {
    const fs::path file = runs_ / name / "checkpoint.safetensors";
    files::Safetensors checkpoint = files::read_safetensors(file);
    checkpoint.tensors.erase("state.run.plan");
    models::add_tensors(checkpoint, {{"state.run.plan", steps}});
    files::write_safetensors(file, checkpoint);
  }
};

TEST_F(FrozenEncoder, TheFlowBeginsAfterTheFirstPhaseAndTheDecoderEndsWithIt) {
  const auto workload = start();
  begin(*workload, "a");
  const Snapshot begun = until(*workload, [](const Snapshot& s) { return s.run->flow_step == 1; });
  EXPECT_EQ(begun.run->autoencoder_step, 3) << "7 steps over 12: none before the first";
  EXPECT_EQ(begun.run->encoder_total, 3);
  EXPECT_EQ(begun.run->autoencoder_total, 10);
  EXPECT_EQ(begun.run->phase, Phase::Flow);
  const Snapshot middle = until(*workload, [](const Snapshot& s) { return s.run->flow_step == 6; });
  EXPECT_EQ(middle.run->autoencoder_step, 6);
  EXPECT_LT(middle.run->loss, 10) << "the flow's loss, not the decoder's";
  const Snapshot done = until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  EXPECT_EQ(done.run->autoencoder_step, 10);
  EXPECT_EQ(done.run->flow_step, 12);
  EXPECT_EQ(done.loss->autoencoder_train.step.size(), 10u);
  EXPECT_LT(done.loss->autoencoder_rate.value.back(), done.loss->autoencoder_rate.value[2])
      << "one cycle over all of its steps";
}

TEST_F(FrozenEncoder, TheEncoderKeepsItsBytesFromThenOn) {
  const auto workload = start();
  begin(*workload, "a");
  until(*workload, [](const Snapshot& s) { return s.run->flow_step == 1; });
  workload->apply(SaveCommand{});
  const auto encoder = weights("a", "autoencoder.encoder."), decoder = weights("a", "autoencoder.decoder.");
  const auto shift = weights("a", "latent.");
  until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  EXPECT_EQ(weights("a", "autoencoder.encoder."), encoder);
  EXPECT_EQ(weights("a", "latent."), shift);
  EXPECT_NE(weights("a", "autoencoder.decoder."), decoder);
}

TEST_F(FrozenEncoder, CutOffAtAnyStepItIsStillTheSameRun) {
  const auto whole = start();
  begin(*whole, "a");
  until(*whole, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  for (const int64_t cut : {2, 3, 4, 7, 10}) {
    const std::string name = "b" + std::to_string(cut);
    const auto first = start();
    begin(*first, name);
    until(*first, [cut](const Snapshot& s) { return s.run->autoencoder_step == cut; });
    first->apply(QuitCommand{});
    resume_to_the_end((runs_ / name).string());
    SCOPED_TRACE(cut);
    expect_same_weights("a", name);
  }
}

TEST_F(FrozenEncoder, AtTheEndTheFlowWaitsForAllOfTheAutoencoder) {
  const auto workload = start();
  workload->apply(SetCommand{"autoencoder.freeze", "end"});
  begin(*workload, "a");
  const Snapshot begun = until(*workload, [](const Snapshot& s) { return s.run->flow_step == 1; });
  EXPECT_EQ(begun.run->autoencoder_step, 10);
  until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
}

TEST_F(FrozenEncoder, ARunOfAnEarlierVersionGoesOnAsItBegan) {
  const auto whole = start();
  whole->apply(SetCommand{"autoencoder.freeze", "end"});
  begin(*whole, "a");
  until(*whole, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  const auto cut = start();
  cut->apply(SetCommand{"autoencoder.freeze", "end"});
  begin(*cut, "b");
  until(*cut, [](const Snapshot& s) { return s.run->autoencoder_step == 5; });
  cut->apply(QuitCommand{});
  plan("b", at::tensor({10, 12}, at::kLong));  // two numbers, the format of earlier versions
  resume_to_the_end((runs_ / "b").string());
  expect_same_weights("a", "b");
}

TEST_F(FrozenEncoder, APlanThatCannotBeIsRefused) {
  const auto cut = start();
  begin(*cut, "a");
  until(*cut, [](const Snapshot& s) { return s.run->flow_step == 3; });
  cut->apply(QuitCommand{});
  for (const at::Tensor& wrong : {at::tensor({10, 12, 11, 12}, at::kLong), at::tensor({10, 12, 3}, at::kLong),
                                  at::tensor({10, 12, -3, 12}, at::kLong)}) {
    plan("a", wrong);
    const auto workload = start();
    const std::string said = error_of([&] { workload->apply(ResumeRunCommand{(runs_ / "a").string(), {}}); });
    EXPECT_NE(said.find("checkpoint.safetensors"), std::string::npos) << said;
  }
}

TEST_F(FrozenEncoder, ARunThatTrainsLongerKeepsItsDecoder) {
  const auto workload = start();
  begin(*workload, "a");
  until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  const auto decoder = weights("a", "autoencoder.");
  workload->apply(ResumeRunCommand{(runs_ / "a").string(), Budget{0, 5, 0, 0}});
  const Snapshot done = until(
      *workload, [](const Snapshot& s) { return s.run->phase == Phase::Done && s.run->flow_step == 17; });
  EXPECT_EQ(done.run->autoencoder_step, 10);
  EXPECT_EQ(weights("a", "autoencoder."), decoder);
}

TEST_F(FrozenEncoder, TheReportSaysWhenItWasFrozenAndTheRecordHoldsTheDecoder) {
  const auto workload = start();
  begin(*workload, "a");
  until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  const std::string report = run::read_text_file(runs_ / "a" / "report.json");
  EXPECT_NE(report.find("\"encoder_steps\": 3"), std::string::npos);
  const auto entries = run::stored_provenance(stored("a").state, "a").entries;
  const auto decoders = std::count_if(entries.begin(), entries.end(), [](const records::ProvenanceEntry& e) {
    return e.what == records::ProvenanceEntry::What::Decoder;
  });
  EXPECT_EQ(decoders, 2) << "steps 5 and 10";
}

}  // namespace
}  // namespace lf::worker
