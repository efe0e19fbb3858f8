#include "cli/shell/option_list.h"

#include <gtest/gtest.h>

namespace lf::cli {
namespace {

TEST(OptionList, HoldsTheProgramThenItsSubcommands) {
  CLI::App app{"a program"};
  std::string model, out;
  std::vector<std::string> words;
  bool json = false;
  app.add_option("--model", model, "a model")->type_name("F");
  auto* sub = app.add_subcommand("lab", "an experiment");
  sub->add_option("TOOL", words, "a tool")->required();
  sub->add_option("-o,--out", out, "an image")->type_name("X");
  sub->add_flag("--json", json, "objects");
  sub->footer("Examples");

  const auto rows = command_rows(app);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].name, "");
  EXPECT_EQ(rows[0].meaning, "a program");
  EXPECT_TRUE(rows[0].options.back().takes_file());
  EXPECT_EQ(rows[1].name, "lab");
  EXPECT_NE(rows[1].text.find("Examples"), std::string::npos);
  ASSERT_EQ(rows[1].plain().size(), 1u);
  const OptionRow& tool = *rows[1].plain()[0];
  EXPECT_EQ(tool.names, std::vector<std::string>{"TOOL"});
  EXPECT_TRUE(tool.required && tool.repeats && tool.positional);
  const auto dashed = rows[1].dashed();
  ASSERT_EQ(dashed.size(), 3u);  // with --help
  EXPECT_EQ(dashed[1]->names, (std::vector<std::string>{"-o", "--out"}));
  EXPECT_EQ(long_name(*dashed[1]), "--out");
  EXPECT_TRUE(dashed[1]->takes_file());
  EXPECT_EQ(dashed[2]->value, "");
  EXPECT_FALSE(dashed[2]->takes_file());
}

TEST(OptionList, WithEachReplacesEveryOccurrenceOnce) {
  EXPECT_EQ(with_each("a-b-c", "-", "\\-"), "a\\-b\\-c");
  EXPECT_EQ(with_each("", "-", "x"), "");
}

}  // namespace
}  // namespace lf::cli
