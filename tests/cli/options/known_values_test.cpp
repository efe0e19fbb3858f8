#include "cli/options/known_values.h"

#include <gtest/gtest.h>

#include "config/settings.h"

namespace lf::cli {
namespace {

TEST(KnownValues, AreKeptWithTheOptionAndAcceptEverything) {
  CLI::App app;
  std::string text;
  auto* option = offer(app.add_option("--solver", text), {"euler", "heun"});
  EXPECT_EQ(known_values(*option), (std::vector<std::string>{"euler", "heun"}));
  app.parse(std::vector<std::string>{"else", "--solver"});
  EXPECT_EQ(text, "else");
}

TEST(KnownValues, AreNotShownByHelp) {
  CLI::App app;
  std::string text;
  offer(app.add_option("--solver", text, "a solver")->type_name("NAME"), {"euler", "heun"});
  EXPECT_EQ(app.help().find("euler"), std::string::npos);
  EXPECT_NE(app.help().find("--solver NAME"), std::string::npos);
}

TEST(KnownValues, AnOptionWithoutThemHasNone) {
  CLI::App app;
  std::string text;
  EXPECT_TRUE(known_values(*app.add_option("--solver", text)).empty());
}

TEST(KnownValues, SettingsAreTheKeysOfTheTable) {
  CLI::App app;
  std::vector<std::string> words;
  const auto values = known_values(*offer_settings(app.add_option("--set", words)));
  ASSERT_EQ(values.size(), setting_table().size());
  EXPECT_EQ(values.front(), setting_table().front().key + "=");
}

}  // namespace
}  // namespace lf::cli
