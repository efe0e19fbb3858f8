// The preset *original* with reduced sizes; everything else is as in the reference system.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "data/generator.h"
#include "experiment_fixture.h"
#include "files/tensors/safetensors.h"
#include "inference/model.h"
#include "models/weights/file.h"
#include "test_paths.h"

namespace lf::worker {
namespace {

class OriginalTest : public ExperimentTest {
 protected:
  void SetUp() override {
    ExperimentTest::SetUp();
    setenv("LATENTFLOW_CACHE", (runs_ / "cache").c_str(), 1);
  }
  void TearDown() override {
    unsetenv("LATENTFLOW_CACHE");
    ExperimentTest::TearDown();
  }

  /// An experiment with this preset and small networks.
  std::unique_ptr<Workload> original(bool previews = false) {
    auto workload = start(previews);
    workload->apply(PresetCommand{"original"});
    for (const auto& [key, value] : {std::pair<const char*, const char*>{"flow.width", "64"},
                                     {"flow.blocks", "2"},
                                     {"flow.heads", "4"},
                                     {"autoencoder.net", "conv-8-16-16"},
                                     {"autoencoder.epochs", "1"}})
      workload->apply(SetCommand{key, value});
    return workload;
  }

  static Snapshot run(Workload& workload, const TrainCommand& command) {
    workload.apply(command);
    return until(workload, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  }

  /// A small AutoencoderKL with random weights, as a user would name it.
  std::string autoencoder_file() {
    models::KlAutoencoderConfig config;
    config.widths = {32, 32, 32, 32};
    config.layers_per_block = 1;
    const fs::path path = runs_ / "vae.safetensors";
    models::save_kl_autoencoder(
        path.string(), models::KlAutoencoder(config, data::make_generator(3, Purpose::AutoencoderInit)));
    return path.string();
  }

  static double first_loss(const Snapshot& s) { return s.loss->flow_train.value.front(); }
};

TEST_F(OriginalTest, TheLossBeginsWhereItIsSaidToBegin) {
  const auto workload = original();
  workload->apply(SetCommand{"flow.batch", "512"});
  TrainCommand train{"", Budget{0, 4, 0, 0}, (runs_ / "a").string(), false, true};
  const Snapshot done = run(*workload, train);
  // Our own autoencoder's latents have standard deviation 1, so E[x1²] is 1 plus the square of
  // their mean.
  EXPECT_GT(done.loss->flow_start, 1.9);
  EXPECT_NEAR(first_loss(done), done.loss->flow_start, 0.03 * done.loss->flow_start);
  EXPECT_EQ(done.loss->flow_rate.value.back(), 1e-4f) << "no schedule";
  EXPECT_FALSE(done.run->labelled);
  ASSERT_EQ(done.run->announcements.size(), 2u);
  EXPECT_NE(done.run->announcements[0].find("4 flow steps"), std::string::npos);
  EXPECT_NE(done.run->autoencoder.find("in place of"), std::string::npos);
}

TEST_F(OriginalTest, KeepsNoAverageAndCanBeOpenedAgain) {
  const auto workload = original();
  run(*workload, {"", Budget{0, 3, 0, 0}, (runs_ / "a").string(), false, true});
  const auto file = files::read_safetensors(runs_ / "a" / "model.safetensors");
  EXPECT_TRUE(file.tensors.count("velocity.blocks.1.attn.qkv.weight"));
  EXPECT_FALSE(file.tensors.count("ema.blocks.1.attn.qkv.weight"));
  const auto model = inference::load_model((runs_ / "a" / "model.safetensors").string());
  EXPECT_FALSE(model->averages());
  EXPECT_EQ(model->net->parameters().count(),
            64 * 16 + 64 + 257 * 64 + 65 * 64 + 2 * (18 * 64 * 64 + 15 * 64) + 64 * 16 + 16 + 65 * 128);
}

TEST_F(OriginalTest, PicturesOfChosenEpochs) {
  const auto workload = original();
  workload->apply(SetCommand{"epoch_images", "64"});  // two steps of 32 digits
  TrainCommand train{"", Budget{0, 0, 3, 0}, (runs_ / "a").string(), false, true};
  train.pictures = "1,3,final";
  const Snapshot done = run(*workload, train);
  EXPECT_EQ(done.run->flow_step, 6);
  for (const char* name : {"samples-epoch-0001.png", "samples-epoch-0003.png", "samples-final.png",
                           "reconstructions.png", "loss.png"})
    EXPECT_TRUE(fs::exists(runs_ / "a" / "figures" / name)) << name;
  EXPECT_FALSE(fs::exists(runs_ / "a" / "figures" / "samples-epoch-0002.png"));
  const auto& paths = done.results->results.back().paths;
  EXPECT_TRUE(std::any_of(paths.begin(), paths.end(), [](const std::string& path) {
    return path.find("samples-epoch-0003.png") != std::string::npos;
  }));
}

TEST_F(OriginalTest, AutoencoderFromAFileIsNotTrainedAndFillsItsCacheLazily) {
  const auto workload = original();
  workload->apply(SetCommand{"autoencoder", autoencoder_file()});
  const Snapshot done = run(*workload, {"", Budget{0, 3, 0, 0}, (runs_ / "a").string(), false, true});
  EXPECT_EQ(done.run->autoencoder_step, 0);
  EXPECT_TRUE(done.loss->autoencoder_train.step.empty());
  EXPECT_NE(done.run->autoencoder.find("vae.safetensors"), std::string::npos);
  ASSERT_EQ(std::distance(fs::directory_iterator(runs_ / "cache" / "latents"), {}), 1);
  const auto cache =
      files::read_safetensors(fs::directory_iterator(runs_ / "cache" / "latents")->path().string());
  const auto& known = cache.tensors.at("known").bytes;
  EXPECT_EQ(std::count(known.begin(), known.end(), 1), 3 * 32) << "only what the three steps have drawn";
  // Without the file the model still samples: the weights are part of it.
  fs::remove(runs_ / "vae.safetensors");
  const auto model = inference::load_model((runs_ / "a" / "model.safetensors").string());
  EXPECT_FALSE(model->own_autoencoder());
  EXPECT_NEAR(1 / model->standardisation.scale[0].item<double>(), 0.18215, 1e-6);
}

TEST_F(OriginalTest, TheCacheOfOneRunServesTheNext) {
  const std::string vae = autoencoder_file();
  const auto first = original(), second = original();
  for (Workload* workload : {first.get(), second.get()}) workload->apply(SetCommand{"autoencoder", vae});
  run(*first, {"", Budget{0, 3, 0, 0}, (runs_ / "a").string(), false, true});
  run(*second, {"", Budget{0, 3, 0, 0}, (runs_ / "b").string(), false, true});
  expect_same_weights("a", "b");
}

TEST_F(OriginalTest, InterruptedAndResumedIsTheSameRun) {
  const auto whole = original(), cut = original();
  const Budget budget{0, 6, 0, 0};
  run(*whole, {"", budget, (runs_ / "a").string(), false, true});
  cut->apply(TrainCommand{"", budget, (runs_ / "b").string(), false, true});
  until(*cut, [](const Snapshot& s) { return s.run->flow_step == 2; });
  cut->advance();  // in the middle of a step
  cut->apply(QuitCommand{});
  const auto resumed = start();
  resumed->apply(ResumeRunCommand{(runs_ / "b").string(), {}});
  until(*resumed, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  expect_same_weights("a", "b");
}

TEST_F(OriginalTest, WindowAndBlindRunTrainTheSame) {
  const auto blind = original(false), looking = original(true);
  for (const auto& [workload, name] :
       {std::pair<Workload*, const char*>{blind.get(), "a"}, {looking.get(), "b"}})
    run(*workload, {"", Budget{0, 5, 0, 0}, (runs_ / name).string(), false, true});
  EXPECT_EQ(files::read_safetensors(runs_ / "a" / "model.safetensors")
                .tensors.at("velocity.final_layer.linear.weight")
                .bytes,
            files::read_safetensors(runs_ / "b" / "model.safetensors")
                .tensors.at("velocity.final_layer.linear.weight")
                .bytes);
}

TEST_F(OriginalTest, DigitsAndGuidanceAreRefusedWithTheReason) {
  const auto workload = original();
  run(*workload, {"", Budget{0, 2, 0, 0}, (runs_ / "a").string(), false, true});
  SampleCommand sample;
  sample.count = 4;
  sample.out = (runs_ / "x.png").string();
  sample.digit = 3;
  EXPECT_NE(error_of([&] { workload->apply(sample); }).find("without labels"), std::string::npos);
  sample.digit = -1;
  sample.guidance = 2;
  EXPECT_NE(error_of([&] { workload->apply(sample); }).find("without labels"), std::string::npos);
  sample.guidance = 1;
  EXPECT_EQ(error_of([&] { workload->apply(sample); }), "no error");
}

TEST_F(OriginalTest, AFileThatIsNoAutoencoderIsRefusedBeforeAnythingChanges) {
  const auto workload = original();
  workload->apply(SetCommand{"autoencoder", std::string(FIXTURES) + "/dit_small.safetensors"});
  const TrainCommand train{"", Budget{0, 2, 0, 0}, "", false, true};
  const std::string refusal = error_of([&] { workload->apply(train); });
  EXPECT_NE(refusal.find("dit_small.safetensors: it holds no AutoencoderKL"), std::string::npos) << refusal;
  const TrainCommand named{"", Budget{0, 2, 0, 0}, (runs_ / "named").string(), false, true};
  EXPECT_NE(error_of([&] { workload->apply(named); }), "no error");
  EXPECT_FALSE(fs::exists(runs_ / "named")) << "nothing is left behind";
  EXPECT_EQ(look(*workload).run->phase, Phase::Idle);
}

TEST_F(OriginalTest, AWishThatFailsLeavesTheRunAtWork) {
  const auto workload = original();
  workload->apply(TrainCommand{"", Budget{0, 30, 0, 0}, (runs_ / "a").string(), false, true});
  until(*workload, [](const Snapshot& s) { return s.run->flow_step >= 2; });
  workload->apply(SetCommand{"autoencoder", "/nonsense/foo.safetensors"});
  for (const Command& wish : {Command(TrainCommand{"", {}, "", false, true}), Command(ResetCommand{})}) {
    try {
      workload->apply(wish);
      FAIL() << "the file is not there";
    } catch (const InputError& error) {
      workload->report_error(error.what());  // like the session
    }
    const Snapshot now = look(*workload);
    EXPECT_TRUE(now.run->running);
    EXPECT_NE(now.notice->error.find("/nonsense/foo.safetensors, which does not exist"), std::string::npos);
  }
  const Snapshot done = until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  EXPECT_EQ(done.run->flow_step, 30);
}

TEST_F(OriginalTest, PreviewsAreLabelledByNobodyWithoutAJudge) {
  const auto workload = original(true);
  run(*workload, {"", Budget{0, 3, 0, 0}, (runs_ / "a").string(), false, true});
  const Snapshot shown = until(*workload, [](const Snapshot& s) { return s.flow->trained_step == 3; });
  EXPECT_FALSE(shown.flow->labelled);
  EXPECT_EQ(shown.flow->digits, 16);
  EXPECT_EQ(shown.flow->solver, "dopri5-reference");
  for (const uint8_t label : shown.flow->labels) EXPECT_EQ(label, 10);
}

}  // namespace
}  // namespace lf::worker
