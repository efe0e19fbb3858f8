// Arguments of lab tools, and their numbers as a table.
#include "lab/tools.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/errors.h"
#include "lab/block.h"
#include "lab/solvers/result.h"
#include "lab/table.h"

namespace lf {
namespace {

std::string refusal_of(const char* tool, const std::map<std::string, std::string>& given) {
  try {
    lab_arguments(lab_tool(tool), given);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(LabArguments, AreCompleteAndChecked) {
  const LabArguments initial = lab_arguments(lab_tool("interpolation"), {});
  EXPECT_EQ(initial.integer("a"), 7);
  EXPECT_EQ(initial.number("t"), 0.5);
  EXPECT_EQ(initial.text("no-such"), "");
  EXPECT_EQ(lab_arguments(lab_tool("ghost"), {{"unlabelled", "off"}}).on("unlabelled"), false);
  EXPECT_NE(refusal_of("map", {{"axes", "up"}}).find("axes=up: known are class, principal"),
            std::string::npos);
  EXPECT_NE(refusal_of("interpolation", {{"t", "2"}}).find("from 0.05 to 0.95"), std::string::npos);
  EXPECT_NE(refusal_of("interpolation", {{"a", "1.5"}}).find("whole number"), std::string::npos);
  EXPECT_NE(refusal_of("ghost", {{"unlabelled", "perhaps"}}).find("on or off"), std::string::npos);
  EXPECT_NE(refusal_of("solvers", {{"x", "1"}}).find("takes no arguments"), std::string::npos);
}

TEST(LabTools, EveryArgumentTakesItsInitialValue) {
  for (const LabToolInfo& tool : lab_tools()) {
    std::map<std::string, std::string> given;
    for (const LabArgument& argument : tool.arguments) given[argument.key] = argument.initial;
    EXPECT_EQ(lab_arguments(tool, given), lab_arguments(tool, {})) << tool.id;
  }
}

TEST(LabTable, QuotesWhatNeedsItAndLeavesUnknownNumbersEmpty) {
  LabTable table({"name", "x"});
  table.row().cell("a, \"b\"").cell(0.5);
  table.row().cell("c").cell(std::nan(""));
  EXPECT_EQ(table.csv(), "name,x\n\"a, \"\"b\"\"\",0.5\nc,\n");
}

TEST(LabTable, IsThatOfTheToolThatHasAnswered) {
  LabBlock block;
  EXPECT_THROW(lab_table(block), InputError);
  auto found = std::make_shared<LabSolvers>();
  found->points.push_back({"euler", 1, false, 8, 0, 0.25, 0.125, 8, 0});
  block.tool = "solvers";
  block.result = found;
  EXPECT_EQ(
      lab_table(block).csv(),
      "solver,order,tolerance,nfe,error_rms,pixel_error_rms,accepted,rejected\neuler,1,,8,0.25,0.125,8,0\n");
}

}  // namespace
}  // namespace lf
