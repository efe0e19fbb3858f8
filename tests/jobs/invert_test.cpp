// `invert` on the bundled model: its files, and equal results to the lab's drawing tool.
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/image_shape.h"
#include "data/batches.h"
#include "files/image/png.h"
#include "files/image/read_image.h"
#include "files/tensors/npy.h"
#include "inference/round_trip.h"
#include "input_error_of.h"
#include "jobs/job.h"
#include "lab/drawing/result.h"
#include "lab/lab.h"
#include "library/picture.h"
#include "metrics/read_digit.h"
#include "random_model.h"
#include "sliced_work.h"
#include "small_digits.h"
#include "test_paths.h"
#include "toy_judge.h"

namespace lf::jobs {
namespace {

class InvertJobTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    model_ = inference::load_model(ASSETS "/model.safetensors");
    const files::Dataset set = small_digits(20, 20);
    data_ = {data::pixel_tensor(set.train), data::label_tensor(set.train), data::pixel_tensor(set.test),
             data::label_tensor(set.test)};
  }
  static void TearDownTestSuite() { model_.reset(), data_ = {}; }
  void SetUp() override { folder_ = fresh_folder("invert"); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  InvertCommand of_digit(int64_t digit) const {
    InvertCommand command;
    command.digit = digit;
    command.out = folder_ / "new" / "out";
    return command;
  }
  nlohmann::json run(const InvertCommand& command, const metrics::Judge* judge = nullptr) {
    const auto job = make_invert_job(*model_, data_, judge, command);
    EXPECT_LT(job->progress(), 0.1);
    complete_watched(*job);
    EXPECT_EQ(job->progress(), 1);
    last_ = job->finish();
    EXPECT_EQ(last_.json.size(), 1u);
    return nlohmann::json::parse(last_.json[0]);
  }
  at::Tensor picture(const std::string& name) const {
    const files::Image8 image = files::read_image(folder_ / "new" / "out" / name, 1);
    return at::tensor(at::ArrayRef<uint8_t>(image.pixels), at::kByte).view({image.height, image.width});
  }
  static int difference(const at::Tensor& a, const at::Tensor& b) {
    return (a.to(at::kInt) - b.to(at::kInt)).abs().max().item<int>();
  }

  static inline std::unique_ptr<inference::Model> model_;
  static inline data::DataTensors data_;
  std::filesystem::path folder_;
  JobResult last_;
};

TEST_F(InvertJobTest, ADigitComesBackWithinAThousandth) {
  const auto found = run(of_digit(3));
  EXPECT_LE(found["round_trip_error"].get<double>(), 1e-3);
  EXPECT_GT(found["round_trip_error"].get<double>(), 0);
  EXPECT_EQ(found["nfe"], 400);
  EXPECT_EQ(found["label"], data_.test_labels[3].item<int64_t>());
  EXPECT_EQ(found["label_source"], "data");
  const at::Tensor pixels = data_.test_pixels.narrow(0, 3, 1);
  EXPECT_EQ(difference(picture("original.png"), pixels.view({28, 28})), 0);
  const at::Tensor latents = inference::standard_latents(*model_, pixels);
  EXPECT_LE(
      difference(picture("reconstruction.png"), inference::decode_pixels(*model_, latents).view({28, 28})),
      1);
  const files::NpyArray noise = files::read_npy(folder_ / "new" / "out" / "noise.npy");
  EXPECT_EQ(noise.descr, "<f4");
  EXPECT_EQ(noise.shape, (std::vector<int64_t>{4, 4, 4}));
  EXPECT_EQ(last_.paths.size(), 3u);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "new" / "out" / "edited.png"));
}

TEST_F(InvertJobTest, TheNoiseIsTheOneThatDrawsTheDigit) {
  run(of_digit(5));
  const files::NpyArray file = files::read_npy(folder_ / "new" / "out" / "noise.npy");
  at::Tensor noise = at::empty({1, 4, 4, 4}, at::kFloat);
  ASSERT_EQ(file.bytes.size(), noise.nbytes());
  std::memcpy(noise.data_ptr(), file.bytes.data(), file.bytes.size());
  const int label = static_cast<int>(data_.test_labels[5].item<int64_t>());
  const flow::Trajectory way =
      flow::integrate(inference::digit_velocity(*model_, label), noise,
                      inference::integrate_options(inference::SampleOptions{"rk4", 50, 1}));
  EXPECT_EQ(difference(inference::decode_pixels(*model_, way.x.back()).view({28, 28}),
                       picture("reconstruction.png")),
            0);
}

TEST_F(InvertJobTest, FindsWhatTheLabFinds) {
  lab::Lab lab;
  lab.set_model(model_.get());
  lab.set_data(&data_);
  lab.open("drawing", {{"told", "7"}, {"strokes", "5,5 20,5;20,5 12,22"}, {"guidance", "2"}});
  for (int slices = 0; lab.due() && slices < 100000; ++slices) lab.advance();
  ASSERT_TRUE(lab.block()->complete);
  const LabDrawing drawn = *lab.block()->as<LabDrawing>();
  data_.test_pixels = data_.test_pixels.clone();
  data_.test_pixels[0].copy_(at::tensor(at::ArrayRef<uint8_t>(drawn.picture.bytes), at::kByte));
  InvertCommand command = of_digit(0);
  command.label = 7;
  command.guidance = 2;
  command.to_class = "all";
  const auto found = run(command);
  EXPECT_EQ(found["label_source"], "told");
  EXPECT_EQ(found["round_trip_error"].get<double>(), drawn.round_trips[0].error);
  EXPECT_EQ(found["noise_rms"].get<double>(), drawn.noise_length);
  const at::Tensor edited = picture("edited.png");
  ASSERT_EQ(edited.size(1), 280);
  for (int64_t k = 0; k < 10; ++k) {
    const auto* lab_digit = drawn.classes.image(static_cast<size_t>(k)).pixels;
    const at::Tensor wanted =
        at::tensor(at::ArrayRef<uint8_t>(lab_digit, kDigitPixels), at::kByte).view({28, 28});
    // The lab edits with half the steps.
    EXPECT_LE(difference(edited.narrow(1, 28 * k, 28), wanted), 2) << k;
  }
}

TEST_F(InvertJobTest, EditingToItsOwnClassDrawsItAgain) {
  InvertCommand command = of_digit(2);
  command.to_class = std::to_string(data_.test_labels[2].item<int64_t>());
  run(command);
  EXPECT_LE(difference(picture("edited.png"), picture("reconstruction.png")), 1);
  command.to_class = std::to_string((data_.test_labels[2].item<int64_t>() + 5) % 10);
  run(command);
  EXPECT_GT(difference(picture("edited.png"), picture("reconstruction.png")), 60) << "another class";
}

TEST_F(InvertJobTest, FewStepsOfAPoorSolverMissIt) {
  InvertCommand command = of_digit(3);
  const double fine = run(command)["round_trip_error"];
  command.solver = "euler";
  command.steps = 10;
  const auto coarse = run(command);
  EXPECT_EQ(coarse["nfe"], 20);
  EXPECT_GT(coarse["round_trip_error"].get<double>(), 30 * fine);
  command.solver = "dopri5";
  command.steps = 0;
  EXPECT_LE(run(command)["round_trip_error"].get<double>(), 1e-3);
  EXPECT_TRUE(has(last_.table[0], {"dopri5, adaptive steps"}));
}

TEST_F(InvertJobTest, APictureIsReadAsEveryPictureIs) {
  files::Image8 paper{84, 84, 1, std::vector<uint8_t>(84 * 84)};
  const at::Tensor ink = data_.test_pixels[4].view({28, 28});
  for (int64_t i = 0; i < 84 * 84; ++i)
    paper.pixels[static_cast<size_t>(i)] =
        static_cast<uint8_t>(255 - ink[i / 84 / 3][i % 84 / 3].item<uint8_t>());
  const auto file = folder_ / "paper.png";
  files::write_png(file, paper);
  InvertCommand command;
  command.picture = file;
  command.out = folder_ / "new" / "out";
  EXPECT_TRUE(run(command)["label"].is_null()) << "nobody says what it is";
  const at::Tensor seen = library::load_digit_picture(file);
  EXPECT_EQ(difference(picture("original.png"), seen.view({28, 28})), 0);
  const metrics::Judge judge = toy_judge(small_digits(50, 10).train);
  const auto judged = run(command, &judge);
  EXPECT_EQ(judged["label"], metrics::read_digit(judge, seen.view({1, kDigitPixels})).digit);
  EXPECT_EQ(judged["label_source"], "judge");
  command.label = 1;
  EXPECT_EQ(run(command, &judge)["label"], 1);
}

TEST_F(InvertJobTest, TheTrajectoryHoldsEveryWay) {
  InvertCommand command = of_digit(1);
  command.steps = 6;
  command.to_class = "8";
  command.trajectory = folder_ / "way.csv";
  run(command);
  EXPECT_EQ(last_.paths.back(), command.trajectory);
  std::ifstream file(command.trajectory);
  std::string line;
  std::getline(file, line);
  EXPECT_EQ(line.substr(0, 23), "digit,label,step,t,z0,z");
  std::vector<std::string> starts;
  while (std::getline(file, line)) {
    size_t end = 0;
    for (int comma = 0; comma < 4; ++comma) end = line.find(',', end) + 1;
    starts.push_back(line.substr(0, end - 1));
  }
  ASSERT_EQ(starts.size(), 3u * 7);
  const std::string label = std::to_string(data_.test_labels[1].item<int64_t>());
  EXPECT_EQ(starts[0], "0," + label + ",0,1");
  EXPECT_EQ(starts[6], "0," + label + ",6,0");
  EXPECT_EQ(starts[7], "1," + label + ",0,0");
  EXPECT_EQ(starts[20], "2,8,6,1");
}

TEST_F(InvertJobTest, RefusesWhatItCannotDo) {
  const auto refusal = [&](const std::function<void(InvertCommand&)>& change) {
    InvertCommand command = of_digit(0);
    change(command);
    return input_error_of([&] { make_invert_job(*model_, data_, nullptr, command); });
  };
  EXPECT_TRUE(has(refusal([](auto& c) { c.digit = 20; }), {"--digit 20", "0 to 19", "test"}));
  EXPECT_TRUE(has(refusal([](auto& c) { c.digit = -1; }), {"image", "--digit"}));
  EXPECT_TRUE(has(refusal([](auto& c) { c.picture = "x.png"; }), {"image", "--digit"}));
  EXPECT_TRUE(has(refusal([](auto& c) { c.split = "all"; }), {"'all'", "test, train"}));
  EXPECT_TRUE(has(refusal([](auto& c) { c.out = ""; }), {"--out"}));
  EXPECT_TRUE(has(refusal([](auto& c) { c.guidance = 2; }), {"--guidance", "--to-class"}));
  EXPECT_TRUE(has(refusal([](auto& c) { c.trajectory = "x.txt"; }), {"x.txt", ".csv"}));
  EXPECT_TRUE(has(refusal([](auto& c) { c.solver = "dopri5", c.steps = 9; }), {"--steps 9", "own steps"}));
  EXPECT_TRUE(has(refusal([&](auto& c) { c.digit = -1, c.picture = folder_ / "none.png"; }), {"none.png"}));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "new")) << "nothing is left behind";
}

TEST_F(InvertJobTest, AModelWithoutLabelsIsToldNone) {
  const auto plain = random_model("dit");
  ASSERT_FALSE(plain->net->labelled());
  InvertCommand command = of_digit(0);
  command.to_class = "3";
  EXPECT_TRUE(has(input_error_of([&] { make_invert_job(*plain, data_, nullptr, command); }),
                  {"without labels", "--to-class"}));
  command.to_class = "";
  const auto job = make_invert_job(*plain, data_, nullptr, command);
  complete_watched(*job);
  EXPECT_TRUE(nlohmann::json::parse(job->finish().json[0])["label"].is_null());
}

}  // namespace
}  // namespace lf::jobs
