// What guidance adds, and that it is worked out once.
#include "lab/guidance/result.h"
#include "lab_fixture.h"

namespace lf::lab {
namespace {

class GuidanceTool : public LabTest {};

TEST_F(GuidanceTool, TheGuidanceGridIsKeptWhenAnotherGuidanceIsChosen) {
  lab.set_options({7, -1, 1, false});
  lab.open("guidance");
  complete();
  const auto first = lab.block()->as<LabGuidance>();
  lab.set_options({7, 4, 3, false});
  ASSERT_TRUE(lab.due());
  lab.advance();
  EXPECT_TRUE(lab.block()->complete) << "at once: nothing of it depends on the preview's guidance";
  EXPECT_EQ(lab.block()->as<LabGuidance>()->pictures.bytes, first->pictures.bytes);
}

}  // namespace
}  // namespace lf::lab
