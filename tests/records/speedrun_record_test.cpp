// The record of a speedrun: written, read, and checked against the rules.
#include "records/speedrun_record.h"

#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "input_error_of.h"

namespace lf::records {
namespace {

using nlohmann::ordered_json;

const std::string kA(64, 'a'), kB(64, 'b'), kC(64, '0');

SpeedrunRecord sound() {
  SpeedrunRecord r;
  r.started = "2026-01-05T10:00:00";
  r.program = "0.1.0 0123456789ab, LibTorch 2.11.0";
  r.processor = "A processor";
  r.device = "cpu";
  r.arithmetic = "float32";
  r.cores = 4, r.threads = 2, r.memory_gb = 15.6;
  r.preset = "fast";
  r.seed = 3;
  r.solver = "midpoint", r.evaluations = 8;
  r.data_name = "MNIST", r.data_digest = kSpeedrunData;
  r.judge_name = "judge-9bbe06d1", r.judge_digest = kSpeedrunJudge;
  SpeedrunEntry six{6, "fd-6", kA, kB, kC, 17.5, 17.9, 337, 560, {{"seed", "3"}}, {4.8, 0.91, 0.004}};
  SpeedrunEntry half = six;
  half.target = 2.5, half.folder = "fd-2.5", half.score = {2.4, 0.93, -1};
  r.entries = {six, half};
  return r;
}

TEST(SpeedrunRecord, WhatIsWrittenIsReadAgain) {
  const std::string text = record_text(sound());
  const SpeedrunRecord back = parse_record(text, "r.json");
  EXPECT_EQ(record_text(back), text);
  EXPECT_EQ(back.entries.size(), 2u);
  EXPECT_EQ(back.entries[1].folder, "fd-2.5");
  EXPECT_EQ(back.entries[0].settings.at("seed"), "3");
  EXPECT_EQ(back.entries[0].seconds, 17.5);
  EXPECT_EQ(back.seed, 3u);
  const auto json = ordered_json::parse(text);
  EXPECT_TRUE(json["by_the_rules"]);
  EXPECT_TRUE(json["runs"][0]["reached"]);
}

TEST(SpeedrunRecord, AScoreReachesATargetOnlyWithAllThreeFigures) {
  EXPECT_EQ(missed({6, 0.8, 0.05}, 6), "");
  EXPECT_NE(missed({6.01, 0.9, 0}, 6).find("FD is 6.01 %"), std::string::npos);
  EXPECT_NE(missed({5, 0.79, 0}, 6).find("accuracy is 79.0 %"), std::string::npos);
  EXPECT_NE(missed({5, -1, 0}, 6), "") << "a network without labels";
  EXPECT_NE(missed({0.1, 1, 0.99}, 6).find("near copies"), std::string::npos);
  EXPECT_NE(missed({std::nan(""), 1, 0}, 6), "");
}

TEST(SpeedrunRecord, WhatIsNotByTheRulesIsNamed) {
  EXPECT_TRUE(departures(sound()).empty());
  const auto only = [](const std::function<void(SpeedrunRecord&)>& change) {
    SpeedrunRecord r = sound();
    change(r);
    const auto found = departures(r);
    EXPECT_EQ(found.size(), 1u);
    return found.empty() ? std::string() : found.front();
  };
  EXPECT_NE(only([](auto& r) { r.data_digest = kA; }).find("not MNIST"), std::string::npos);
  EXPECT_NE(only([](auto& r) { r.judge_digest = kA; }).find("classifier"), std::string::npos);
  EXPECT_NE(only([](auto& r) { r.evaluations = 16; }).find("16 function evaluations"), std::string::npos);
  EXPECT_NE(only([](auto& r) { r.rules = 2; }).find("version 2"), std::string::npos);
  EXPECT_NE(only([](auto& r) { r.entries[0].target = 5; }).find("no target of FD 5 %"), std::string::npos);
  EXPECT_NE(only([](auto& r) { r.entries[1].score.fd = 2.6; }).find("FD 2.5 % is not reached"),
            std::string::npos);
}

TEST(SpeedrunRecord, WhatIsMissingOrImpossibleIsNamedInOneLine) {
  const auto whole = ordered_json::parse(record_text(sound()));
  const auto refused = [](const ordered_json& json) {
    return input_error_of([&] { parse_record(json.dump(), "r.json"); });
  };
  for (const auto& item : whole.items()) {
    if (item.key() == "by_the_rules") continue;  // determined again by every reader
    ordered_json part = whole;
    part.erase(item.key());
    EXPECT_NE(refused(part).find("r.json: '" + item.key() + "' must be there"), std::string::npos)
        << refused(part);
  }
  for (const auto& item : whole["runs"][1].items()) {
    if (item.key() == "reached") continue;
    ordered_json part = whole;
    part["runs"][1][item.key()] = nullptr;
    EXPECT_NE(refused(part).find("'runs[1]." + item.key() + "' must be"), std::string::npos) << refused(part);
  }
  ordered_json elsewhere = whole;
  for (const char* name : {"../fd-6", "/etc", "..", "", "a/b"}) {
    elsewhere["runs"][0]["folder"] = name;
    EXPECT_NE(refused(elsewhere).find("the name of a folder"), std::string::npos) << name;
  }
  EXPECT_NE(input_error_of([] { parse_record("[]", "r.json"); }).find("the record must be an object"),
            std::string::npos);
  EXPECT_NE(input_error_of([] { parse_record("{", "r.json"); }), "");
  ordered_json empty = whole;
  empty["runs"] = ordered_json::array();
  EXPECT_NE(refused(empty).find("'runs' must be a list of 1"), std::string::npos);
}

}  // namespace
}  // namespace lf::records
