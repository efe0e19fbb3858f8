// The time grid tool compared with integrations made here.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "base/errors.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "lab/lab.h"
#include "lab/table.h"
#include "lab/time_grid/result.h"
#include "lab/tools.h"
#include "random_model.h"

namespace lf::lab {
namespace {

using Given = std::map<std::string, std::string>;

std::vector<double> named(const Given& given) {
  return named_time_grid(lab_arguments(lab_tool("time-grid"), given));
}

TEST(NamedTimeGrid, IsEqualWarpedOrListed) {
  EXPECT_EQ(named({{"steps", "4"}}), (std::vector<double>{0, 0.25, 0.5, 0.75, 1}));
  EXPECT_EQ(named({{"steps", "4"}, {"warp", "2"}}), (std::vector<double>{0, 0.0625, 0.25, 0.5625, 1}));
  EXPECT_EQ(named({{"steps", "9"}, {"times", "0.1,0.7"}}), (std::vector<double>{0, 0.1, 0.7, 1}));
  EXPECT_EQ(time_grid_text({0, 0.1, 0.7000001, 1}), "0.1,0.7");
  for (const char* bad : {"0.5,0.4", "0,0.5", "0.5,1", "0.5,", "x", "0.5,0.5"})
    EXPECT_THROW(named({{"times", bad}}), InputError) << bad;
  // The most extreme grids are still ascending as text.
  for (const char* warp : {"0.25", "4"}) {
    const auto times = named({{"steps", "16"}, {"warp", warp}});
    EXPECT_EQ(named({{"times", time_grid_text(times)}}).size(), times.size()) << warp;
  }
}

class TimeGridTool : public ::testing::Test {
 protected:
  TimeGridTool() {
    model->average->parameters().flat().mul_(0.5);  // a smoother field
    lab.set_model(model.get());
  }
  const LabTimeGrid& complete() {
    for (int i = 0; i < 20000 && lab.due(); ++i) lab.advance();
    EXPECT_TRUE(lab.block()->complete);
    EXPECT_EQ(lab.block()->problem, "");
    return *lab.block()->as<LabTimeGrid>();
  }
  at::Tensor end_of(const std::string& solver, const std::vector<double>& grid) {
    flow::IntegrateOptions options;
    options.solver = solver;
    options.grid = grid;
    return flow::integrate(inference::model_velocity(*model, inference::cycled_labels(0, 20, -1), 1),
                           inference::preview_noise(7, 20), options)
        .x.back();
  }
  std::unique_ptr<inference::Model> model = random_model();
  Lab lab;
};

TEST_F(TimeGridTool, ErrorsAreThoseOfIntegratingHere) {
  lab.open("time-grid", {{"times", "0.1,0.3,0.8"}});
  const LabTimeGrid& found = complete();
  std::vector<double> fine;
  for (int i = 0; i <= 50; ++i) fine.push_back(i / 50.0);
  const at::Tensor truth = end_of("rk4", fine);
  EXPECT_EQ(found.present.times, (std::vector<double>{0, 0.1, 0.3, 0.8, 1}));
  EXPECT_EQ(found.equal.times, (std::vector<double>{0, 0.25, 0.5, 0.75, 1}));
  EXPECT_EQ(found.equalised.times.size(), 5u);
  EXPECT_EQ(found.nfe, 8);
  for (const LabGrid* grid : {&found.present, &found.equal, &found.equalised}) {
    const at::Tensor end = end_of("midpoint", grid->times);
    EXPECT_NEAR(grid->error, (end - truth).square().mean().sqrt().item<double>(), 1e-5);
    const at::Tensor pixels = inference::decode_pixels(*model, end.narrow(0, 0, found.shown)).contiguous();
    ASSERT_EQ(grid->pictures.bytes.size(), static_cast<size_t>(pixels.numel()));
    EXPECT_EQ(std::memcmp(pixels.data_ptr(), grid->pictures.bytes.data(), grid->pictures.bytes.size()), 0);
  }
  EXPECT_EQ(lab_table(*lab.block()).rows(), 12u);
}

TEST_F(TimeGridTool, EqualisedStepsErrAlike) {
  lab.open("time-grid", {{"equalise", "on"}, {"steps", "6"}});
  const LabTimeGrid& found = complete();
  EXPECT_EQ(found.present.times, found.equalised.times);
  ASSERT_EQ(found.present.step_errors.size(), 6u);
  for (const float error : found.present.step_errors)
    EXPECT_NEAR(error / found.present.step_errors[0], 1, 1e-3);
  double mean = 0;
  for (const float d : found.density) mean += d / static_cast<double>(found.density.size());
  EXPECT_NEAR(mean, 1, 0.1);
}

TEST_F(TimeGridTool, ADragKeepsTheReferenceAndAnswersSoon) {
  lab.open("time-grid");
  complete();
  const auto before = lab.block()->as<LabTimeGrid>();
  lab.open("time-grid", {{"times", "0.2,0.5,0.75"}});
  int slices = 0;
  while (lab.block()->as<LabTimeGrid>()->present.times[1] != 0.2 && slices < 100) lab.advance(), ++slices;
  EXPECT_LE(slices, 10) << "eight evaluations and what begins them";
  const LabTimeGrid& found = complete();
  EXPECT_EQ(found.true_pictures.bytes, before->true_pictures.bytes);
  EXPECT_EQ(found.local_error, before->local_error);
  // However fast the drag: a new request in every slice still gives solutions.
  const uint64_t version = lab.block()->version;
  for (int i = 1; i < 40; ++i) {
    lab.open("time-grid", {{"times", std::to_string(i / 100.0) + ",0.5,0.75"}});
    lab.advance();
  }
  EXPECT_GT(lab.block()->version, version + 2);
}

TEST_F(TimeGridTool, AnotherSolverMeasuresAnew) {
  lab.open("time-grid");
  const auto midpoint = complete().local_error;
  lab.open("time-grid", {{"solver", "euler"}});
  const LabTimeGrid& found = complete();
  EXPECT_EQ(found.order, 1);
  EXPECT_GT(found.local_error[10], midpoint[10]);
  for (const char* solver : {"heun", "rk4"}) {
    lab.open("time-grid", {{"solver", solver}});
    complete();
  }
}

TEST_F(TimeGridTool, TimesThatDoNotRiseAreRefused) {
  lab.open("time-grid");
  complete();
  lab.open("time-grid", {{"times", "0.5,0.4"}});
  for (int i = 0; i < 100 && lab.due(); ++i) lab.advance();
  EXPECT_NE(lab.block()->problem.find("must rise"), std::string::npos);
}

}  // namespace
}  // namespace lf::lab
