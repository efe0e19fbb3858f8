// `likelihood` gives the same values for every digit as the lab tool.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <sstream>

#include "input_error_of.h"
#include "jobs/job.h"
#include "lab/lab.h"
#include "lab/likelihood/result.h"
#include "lab_digits.h"
#include "random_model.h"
#include "small_digits.h"

namespace lf::jobs {
namespace {

class LikelihoodJobTest : public ::testing::Test {
 protected:
  LikelihoodJobTest() { model->average->parameters().flat().mul_(0.3); }  // a smoother field

  JobResult run(const LikelihoodCommand& command) {
    const auto job = make_likelihood_job(*model, data, "toys", command);
    double progress = 0;
    while (job->advance()) {
      EXPECT_GE(job->progress(), progress - 1e-9);
      progress = job->progress();
    }
    EXPECT_GT(progress, 0.9);
    return job->finish();
  }
  std::vector<nlohmann::json> lines(const LikelihoodCommand& command) {
    std::vector<nlohmann::json> objects;
    for (const auto& line : run(command).json) objects.push_back(nlohmann::json::parse(line));
    return objects;
  }
  LabLikelihood lab_says(const std::map<std::string, std::string>& arguments) {
    lab::Lab lab;
    lab.set_model(model.get());
    lab.set_data(&data);
    lab.open("likelihood", arguments);
    for (int slices = 0; lab.due() && slices < 100000; ++slices) lab.advance();
    EXPECT_TRUE(lab.block()->complete);
    return *lab.block()->as<LabLikelihood>();
  }
  LikelihoodCommand few(int64_t digits, int64_t probes) {
    LikelihoodCommand command;
    command.digits = digits;
    command.probes = probes;
    return command;
  }

  data::DataTensors data = lab_digits(300, 90);
  std::unique_ptr<inference::Model> model = random_model();
};

TEST_F(LikelihoodJobTest, FindsTheLabsNumbersWhateverTheirCount) {
  const LabLikelihood truth = lab_says({{"digits", "90"}, {"probes", "6"}, {"exact", "0"}});
  for (const int64_t digits : {int64_t{7}, int64_t{50}, int64_t{90}}) {
    const auto found = lines(few(digits, 6));
    ASSERT_EQ(found.size(), static_cast<size_t>(digits) + 1);
    for (size_t i = 0; i < static_cast<size_t>(digits); ++i) {
      EXPECT_EQ(found[i]["digit"], i);
      EXPECT_EQ(found[i]["label"], truth.labels[i]);
      EXPECT_EQ(found[i]["bits_per_dimension"].get<float>(), truth.bits[i]) << i;
      EXPECT_EQ(found[i]["standard_error"].get<float>(), truth.error[i]) << i;
      EXPECT_NEAR(found[i]["nats"].get<double>(), -64 * std::log(2.0) * truth.bits[i], 1e-3);
    }
    EXPECT_EQ(found.back()["probes"], 6);
  }
}

TEST_F(LikelihoodJobTest, FindsTheLabsExactOnesWithoutALabelToo) {
  for (const bool unlabelled : {false, true}) {
    const LabLikelihood truth =
        lab_says({{"digits", "40"}, {"probes", "2"}, {"exact", "8"}, {"labels", unlabelled ? "off" : "on"}});
    LikelihoodCommand command = few(8, 0);
    command.exact = true;
    command.unlabelled = unlabelled;
    const auto found = lines(command);
    for (size_t i = 0; i < 8; ++i) {
      EXPECT_EQ(found[i]["bits_per_dimension"].get<float>(), truth.exact[i]) << i;
      EXPECT_TRUE(found[i]["standard_error"].is_null());
    }
    EXPECT_EQ(found.back()["labelled"], !unlabelled);
  }
}

TEST_F(LikelihoodJobTest, TheSummaryFollowsFromTheDigits) {
  const auto found = lines(few(60, 2));
  std::vector<double> bits;
  for (size_t i = 0; i < 60; ++i) bits.push_back(found[i]["bits_per_dimension"]);
  const double mean = std::accumulate(bits.begin(), bits.end(), 0.0) / 60;
  double square = 0, threes = 0;
  for (size_t i = 0; i < 60; ++i)
    square += (bits[i] - mean) * (bits[i] - mean), threes += i % 10 == 3 ? bits[i] : 0;
  const auto& done = found.back();
  EXPECT_EQ(done["event"], "done");
  EXPECT_NEAR(done["bits_per_dimension"], mean, 1e-6);
  EXPECT_NEAR(done["spread"], std::sqrt(square / 59), 1e-6);
  EXPECT_NEAR(done["standard_error"], std::sqrt(square / 59 / 60), 1e-6);
  EXPECT_NEAR(done["classes"][3]["bits_per_dimension"], threes / 6, 1e-6);
  EXPECT_EQ(done["most_typical"][0], std::min_element(bits.begin(), bits.end()) - bits.begin());
  EXPECT_EQ(done["least_typical"][0], std::max_element(bits.begin(), bits.end()) - bits.begin());
}

TEST_F(LikelihoodJobTest, SeedSplitSolverAndStepsMatter) {
  const auto first = [&](const std::function<void(LikelihoodCommand&)>& change) {
    LikelihoodCommand command = few(1, 2);
    change(command);
    return lines(command)[0]["bits_per_dimension"].get<double>();
  };
  const double usual = first([](LikelihoodCommand&) {});
  EXPECT_EQ(first([](LikelihoodCommand& c) { c.steps = 8; }), usual) << "the default";
  EXPECT_NE(first([](LikelihoodCommand& c) { c.seed = 2; }), usual);
  EXPECT_NE(first([](LikelihoodCommand& c) { c.split = "train"; }), usual);
  const double fine = first([](LikelihoodCommand& c) { c.steps = 32; });
  EXPECT_NEAR(usual, fine, 0.05);
  const double euler = first([](LikelihoodCommand& c) { c.solver = "euler", c.steps = 4; });
  EXPECT_GT(std::fabs(euler - fine), 2 * std::fabs(usual - fine)) << "four steps of Euler are coarse";
  EXPECT_NEAR(first([](LikelihoodCommand& c) { c.solver = "dopri5"; }), fine, 0.02);
}

TEST_F(LikelihoodJobTest, WritesARowForEveryDigit) {
  const auto folder = fresh_folder("likelihood");
  LikelihoodCommand command = few(5, 2);
  command.out = folder / "bits.csv";
  const JobResult result = run(command);
  EXPECT_EQ(result.paths, std::vector<std::string>{command.out});
  std::ifstream file(command.out);
  std::string line;
  std::getline(file, line);
  EXPECT_EQ(line, "digit,label,nats,bits_per_dimension,standard_error");
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(std::getline(file, line));
    const auto object = nlohmann::json::parse(result.json[static_cast<size_t>(i)]);
    std::istringstream cells(line);
    std::vector<double> values;
    for (std::string cell; std::getline(cells, cell, ',');) values.push_back(std::stod(cell));
    ASSERT_EQ(values.size(), 5u);
    EXPECT_EQ(values[0], i);
    EXPECT_EQ(values[1], i % 10);
    EXPECT_EQ(values[2], object["nats"].get<double>());
    EXPECT_EQ(static_cast<float>(values[3]), object["bits_per_dimension"].get<float>());
  }
  EXPECT_FALSE(std::getline(file, line));
  EXPECT_TRUE(has(result.table[0], {"5 test digits of toys", "2 probes", "rk4, 8 steps"}));
  std::filesystem::remove_all(folder);
}

TEST_F(LikelihoodJobTest, RefusesWhatItCannotDo) {
  const auto refusal = [&](const std::function<void(LikelihoodCommand&)>& change) {
    LikelihoodCommand command;
    change(command);
    return input_error_of([&] { make_likelihood_job(*model, data, "toys", command); });
  };
  EXPECT_TRUE(has(refusal([](auto& c) { c.digits = 91; }), {"--digits 91", "1 to 90"}));
  EXPECT_TRUE(has(refusal([](auto& c) { c.split = "all"; }), {"'all'", "test, train"}));
  EXPECT_TRUE(has(refusal([](auto& c) { c.exact = true, c.probes = 4; }), {"--exact", "--probes"}));
  EXPECT_TRUE(has(refusal([](auto& c) { c.out = "x.txt"; }), {"x.txt", ".csv"}));
  EXPECT_TRUE(has(refusal([](auto& c) { c.solver = "simpson"; }), {"simpson", "dopri5"}));
  EXPECT_TRUE(has(refusal([](auto& c) { c.solver = "dopri5", c.steps = 9; }), {"--steps 9", "own steps"}));
}

}  // namespace
}  // namespace lf::jobs
