#include "widgets/ui_map.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace lf::app {
namespace {

TEST(UiMap, IsValidJsonWithEveryField) {
  widgets::UiMap map;
  map.add({"train", {1, 2, 3, 4}, true, false, "loading \"x\"", "Train", "tip", "value"});
  map.add_hidden("reset", "Reset", "in the menu");
  const auto json = nlohmann::json::parse(map.items_json());
  EXPECT_EQ(json["train"]["rect"], (std::vector<float>{1, 2, 3, 4}));
  EXPECT_EQ(json["train"]["reason"], "loading \"x\"");
  EXPECT_FALSE(json["train"]["enabled"].get<bool>());
  EXPECT_FALSE(json["reset"]["visible"].get<bool>());
  for (const char* field : {"rect", "visible", "enabled", "reason", "label", "tooltip", "value"})
    EXPECT_TRUE(json["reset"].contains(field));
}

TEST(UiMap, HiddenDoesNotReplaceShown) {
  widgets::UiMap map;
  map.add({"a", {}, true, true, "", "", "", ""});
  map.add_hidden("a", "", "");
  EXPECT_TRUE(map.find("a")->visible);
  map.begin_frame();
  EXPECT_EQ(map.find("a"), nullptr);
}

TEST(UiMap, SurvivesBytesThatAreNoText) {
  widgets::UiMap map;
  map.add({"x", {}, true, true, "", "\xff\xfe", "", ""});
  EXPECT_NO_THROW(nlohmann::json::parse(map.items_json()));
}

}  // namespace
}  // namespace lf::app
