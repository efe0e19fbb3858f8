#include "config/picture_plan.h"

#include "input_error_of.h"

namespace lf {
namespace {

TEST(PicturePlan, ReadsEpochsAndFinal) {
  const PicturePlan plan = parse_picture_plan("50,1,100,final");
  EXPECT_EQ(plan.epochs, (std::set<int64_t>{1, 50, 100}));
  EXPECT_TRUE(plan.final);
  EXPECT_FALSE(parse_picture_plan("3").final);
  EXPECT_TRUE(parse_picture_plan("").empty());
  EXPECT_FALSE(parse_picture_plan("final").empty());
}

TEST(PicturePlan, NamesThePartItCannotRead) {
  for (const char* part : {"0", "-1", "1.5", "last", "nan", "1e9"}) {
    EXPECT_TRUE(
        has(input_error_of([&] { parse_picture_plan(std::string("1,") + part); }), {part, "1,50,100,final"}))
        << part;
  }
  EXPECT_TRUE(has(input_error_of([] { parse_picture_plan("1,,2"); }), {"''"}));
}

}  // namespace
}  // namespace lf
