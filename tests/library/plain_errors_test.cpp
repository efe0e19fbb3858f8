#include "library/plain_errors.h"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <functional>
#include <new>

#include "base/errors.h"
#include "experiment_fixture.h"
#include "files/tensors/safetensors.h"
#include "scoped_environment.h"
#include "test_paths.h"

namespace lf::library {
namespace {

/// The converted exception of `action`.
std::string plain(const std::function<void()>& action) {
  try {
    action();
  } catch (...) {
    try {
      throw_plainly(std::current_exception());
    } catch (const RunError& error) {
      return error.what();
    } catch (const std::exception& error) {
      return std::string("as it was: ") + error.what();
    }
  }
  return "nothing was thrown";
}

TEST(PlainErrors, MemoryThatCannotBeHadIsNamed) {
  const std::string text = plain([] { at::empty({int64_t{1} << 50}, at::kByte); });
  EXPECT_EQ(text.rfind("out of memory (1125899906 MB more were needed); the current task has ended", 0), 0u)
      << text;
  EXPECT_EQ(plain([] { throw std::bad_alloc(); }).rfind("out of memory; ", 0), 0u);
  EXPECT_EQ(plain([] {
              C10_THROW_ERROR(OutOfMemoryError,
                              "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total of 8 GiB");
            }).rfind("the device has no memory left", 0),
            0u);
}

TEST(PlainErrors, OtherErrorsOfLibTorchAreOneLineWithoutTrace) {
  const std::string text = plain([] { at::ones({2, 3}).mm(at::ones({2, 3})); });
  EXPECT_NE(text.find("mat1 and mat2 shapes cannot be multiplied"), std::string::npos) << text;
  EXPECT_EQ(text.find("frame #0"), std::string::npos) << text;
}

TEST(PlainErrors, OwnErrorsStayWhatTheyAre) {
  EXPECT_EQ(plain([] { throw InputError("no such file"); }), "as it was: no such file");
  EXPECT_EQ(plain([] { throw RunError("disk full"); }), "disk full");
}

class FailingDevice : public ExperimentTest {};

TEST_F(FailingDevice, ARunThatFindsNoMemoryStandsAtItsLastGoodStateAndGoesOn) {
  const testing::ScopedEnvironment plugin("LATENTFLOW_CUDA", FAKE_PLUGIN);
  const auto whole = start(), workload = start();
  for (const auto& each : {&whole, &workload}) (*each)->apply(SetCommand{"device", "cuda"});
  train(*whole, (runs_ / "whole").string(), 30);
  workload->apply(SetCommand{"autoencoder.batch", "64"});
  workload->apply(SetCommand{"flow.batch", "64"});
  workload->apply(TrainCommand{"", Budget{0, 30, 0, 0}, (runs_ / "cut").string(), false, true});
  until(*workload, [](const Snapshot& s) { return s.run->flow_step >= 8; });
  workload->apply(SaveCommand{});
  const auto saved = look(*workload).run->flow_step;
  {
    const testing::ScopedEnvironment fails("FAKE_PLUGIN_FAILS_AT", "16");
    const Snapshot after = until(*workload, [](const Snapshot& s) { return s.notice->errors > 0; });
    EXPECT_NE(after.notice->error.find("out of memory"), std::string::npos) << after.notice->error;
    EXPECT_NE(after.notice->error.find("the run is back at flow step " + std::to_string(saved)),
              std::string::npos)
        << after.notice->error;
    EXPECT_FALSE(after.notice->offers_lower_rate);
    EXPECT_EQ(after.run->flow_step, saved);
    EXPECT_FALSE(after.run->running);
  }
  workload->apply(ResumeCommand{});
  until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  expect_same_weights("whole", "cut");
}

}  // namespace
}  // namespace lf::library
