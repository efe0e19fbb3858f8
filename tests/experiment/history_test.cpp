#include "experiment/history.h"

#include <gtest/gtest.h>

#include "expect_error.h"
#include "messages/errors.h"

namespace lf::testing {
namespace {

constexpr const char* kHeader = "seconds,phase,step,loss,loss_test,lr,fd\n";

TEST(History, RowsReadBackAsTheyWereWritten) {
  const std::string text = std::string(kHeader) +
                           "0.100,autoencoder,1,0.5,,0.001,\n"
                           "0.300,flow,1,1.25,1.5,0.002,\n"
                           "0.400,flow,2,1,,0.002,12.5\n";
  const History history = parse_history(text, "history.csv");
  EXPECT_EQ(history.csv(), text);
  EXPECT_EQ(history.loss.flow_train.value, (std::vector<float>{1.25f, 1}));
  EXPECT_EQ(history.fd.value, std::vector<float>{12.5f});
}

TEST(History, RefusesNumbersThatNoCurveHolds) {
  for (const char* row :
       {"1e300,flow,1,1,,,", "0,flow,1,nan,,,", "0,flow,1,1,1e39,,", "0,flow,1,0x10,,,", "0,flow,1,,,,"})
    expect_error<InputError>("is not a number", [&] { parse_history(std::string(kHeader) + row, "h"); });
  for (const char* step : {"1e300", "-1", "1e16"}) {
    const std::string row = std::string("0,flow,") + step + ",1,,,";
    EXPECT_THROW(parse_history(kHeader + row, "h"), InputError) << step;
  }
  expect_error<InputError>("h:2: unknown phase",
                           [&] { parse_history(std::string(kHeader) + "0,judge,1,1,,,", "h"); });
  expect_error<InputError>("first line", [&] { parse_history("a,b\n", "h"); });
}

}  // namespace
}  // namespace lf::testing
