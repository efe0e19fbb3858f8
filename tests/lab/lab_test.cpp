// The lab's life: what is open, what begins anew, what stays.
#include "lab/lab.h"

#include "base/errors.h"
#include "lab/ghost/result.h"
#include "lab/tools.h"
#include "lab_fixture.h"

namespace lf::lab {
namespace {

class LabLife : public LabTest {};

TEST_F(LabLife, IsClosedUntilOpenedAndRefusesUnknownTools) {
  EXPECT_FALSE(lab.due());
  EXPECT_THROW(lab.open("crystal-ball"), InputError);
  EXPECT_FALSE(lab.due());
  lab.open("ghost");
  EXPECT_TRUE(lab.due());
  EXPECT_EQ(lab.block()->tool, "ghost");
  lab.open("");
  EXPECT_FALSE(lab.due());
  EXPECT_EQ(lab.block()->tool, "");
}

TEST_F(LabLife, EveryToolOfTheTableAnswers) {
  // An exact trace takes 64 derivatives, so a few digits are enough here.
  const std::map<std::string, std::string> few{{"digits", "40"}, {"exact", "4"}, {"probes", "2"}};
  for (const LabToolInfo& tool : lab_tools()) {
    lab.open(tool.id, tool.id == "likelihood" ? few : std::map<std::string, std::string>{});
    EXPECT_GT(complete(), 3) << tool.id;
    EXPECT_EQ(lab.block()->problem, "") << tool.id;
    EXPECT_EQ(lab.block()->progress, 1) << tool.id;
  }
}

TEST_F(LabLife, AnOptionOrANewModelBeginsAnewAndTheNewestWins) {
  lab.open("ghost");
  complete();
  const auto before = lab.block();
  lab.set_options({8, -1, 1, false});
  lab.advance();
  lab.set_options({9, -1, 1, false});
  complete();
  EXPECT_EQ(lab.block()->seed, 9);
  EXPECT_GT(lab.block()->version, before->version);
  EXPECT_NE(lab.block()->as<LabGhost>()->states.bytes, before->as<LabGhost>()->states.bytes);
  model->flow_steps = 5;  // trained on meanwhile
  EXPECT_TRUE(lab.due());
  complete();
  EXPECT_EQ(lab.block()->trained_step, 5);
  lab.set_model(nullptr);
  EXPECT_FALSE(lab.due());
  EXPECT_EQ(lab.block()->as<LabGhost>(), nullptr);
}

TEST_F(LabLife, AnOldAnswerStaysUntilTheNewOneIsComplete) {
  lab.open("solvers");
  EXPECT_TRUE(lab.first_answer_waits());
  complete();
  const auto first = lab.block();
  model->flow_steps = 9;  // trained on
  EXPECT_TRUE(lab.due());
  EXPECT_FALSE(lab.first_answer_waits());
  for (int i = 0; i < 200 && lab.due(); ++i) {
    EXPECT_EQ(lab.block(), first);
    lab.advance();
  }
  complete();
  EXPECT_EQ(lab.block()->trained_step, 9);
}

TEST_F(LabLife, SaysWhyItCannotAnswer) {
  lab.set_judge(nullptr);
  lab.open("ghost");
  complete();
  EXPECT_NE(lab.block()->problem.find("classifier"), std::string::npos);
  lab.open("solvers");  // needs none
  complete();
  EXPECT_EQ(lab.block()->problem, "");
}

TEST_F(LabLife, SaysSoWhereTheDigitsAreNotAtHand) {
  lab.set_data(nullptr);
  for (const char* tool : {"map", "interpolation"}) {
    lab.open(tool);
    for (int i = 0; lab.due() && i < 10; ++i) lab.advance();
    EXPECT_NE(lab.block()->problem.find("not available"), std::string::npos) << tool;
  }
}

}  // namespace
}  // namespace lf::lab
