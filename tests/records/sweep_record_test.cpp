#include "records/sweep_record.h"

#include <nlohmann/json.hpp>

#include "input_error_of.h"
#include "records/table_text.h"

namespace lf::records {
namespace {

using nlohmann::ordered_json;

SweepRecord some_record() {
  SweepRecord record;
  record.plan.axes = {{"flow.lr", {"0.003", "0.006"}}, {"flow.optimizer", {"muon", "adamw"}}};
  record.plan.seeds = {1, 2};
  record.plan.budget.seconds = 20;
  record.data_name = "MNIST";
  record.data_digest = record.judge_digest = std::string(64, 'a');
  record.samples = 2000;
  record.steps.autoencoder_steps = 300;
  record.steps.encoder_steps = 200;
  record.steps.flow_steps = record.steps.shared_steps = 400;
  record.notes = {"from 03 on: threads 2, before 1"};
  record.runs = planned_runs(record.plan);
  const std::vector<double> scores{5, 4, 3, 6};
  for (size_t i = 0; i < scores.size(); ++i) {
    SweepRun& run = record.runs[i];
    run.state = SweepState::Done;
    run.fd = scores[i];
    run.accuracy = 0.9;
    run.psnr = 20.5;
    run.seconds = 1.25;
    run.flow_steps = run.flow_total = 400;
    run.checks = {50, 20, 10};
    run.weights = std::string(64, 'b');
  }
  record.runs[4].state = SweepState::Stopped;
  record.runs[4].flow_steps = 100;
  record.runs[4].checks = {90};
  record.runs[5].state = SweepState::Diverged;
  record.runs[5].note = "the loss is \"NaN\", at step 3";
  return record;
}

std::string refused(const ordered_json& json) {
  return input_error_of([&] { parse_sweep_record(json.dump(), "sweep.json"); });
}

TEST(SweepRecord, EveryCombinationIsPlannedWithTheFirstSeedBeforeTheNext) {
  const auto runs = some_record().runs;
  ASSERT_EQ(runs.size(), 8u);
  EXPECT_EQ(runs[0].name, "01-lr0.003-optimizermuon-s1");
  EXPECT_EQ(runs[3].name, "04-lr0.006-optimizeradamw-s1");
  EXPECT_EQ(runs[4].name, "05-lr0.003-optimizermuon-s2");
}

TEST(SweepRecord, WhatIsWrittenIsReadAgain) {
  const SweepRecord record = some_record();
  const std::string text = sweep_record_text(record);
  const SweepRecord back = parse_sweep_record(text, "sweep.json");
  EXPECT_EQ(sweep_record_text(back), text);
  EXPECT_EQ(back.runs[4].state, SweepState::Stopped);
  EXPECT_EQ(back.runs[4].checks, std::vector<double>{90});
  EXPECT_EQ(back.steps.shared_steps, 400);
  EXPECT_EQ(back.runs[2].point, (SweepPoint{1, 0}));
}

TEST(SweepRecord, IsDistinctFromAPlan) {
  EXPECT_FALSE(is_sweep_record(R"({"set": {"flow.lr": [1, 2]}})"));
  EXPECT_FALSE(is_sweep_record("no JSON"));
  EXPECT_TRUE(is_sweep_record(sweep_record_text(SweepRecord{})));
}

TEST(SweepRecord, ARunThatWasTrainingStartsAnew) {
  SweepRecord record = some_record();
  record.runs[6].state = SweepState::Running;
  EXPECT_EQ(parse_sweep_record(sweep_record_text(record), "r").runs[6].state, SweepState::Waiting);
}

TEST(SweepRecord, DamagedOnesAreRefusedWithTheField) {
  const ordered_json sound = ordered_json::parse(sweep_record_text(some_record()));
  ordered_json json = sound;
  json["runs"][1]["folder"] = "../elsewhere";
  EXPECT_NE(refused(json).find("'runs[1].folder'"), std::string::npos);
  json = sound;
  json["runs"].erase(2);
  EXPECT_NE(refused(json).find("8 runs"), std::string::npos);
  json = sound;
  json["runs"][0]["state"] = "finished";
  EXPECT_NE(refused(json).find("'finished'"), std::string::npos);
  json = sound;
  json["plan"]["set"]["flow.lrr"] = 1;
  EXPECT_NE(refused(json).find("flow.lrr"), std::string::npos);
  json = sound;
  json["data"]["digest"] = "abc";
  EXPECT_NE(refused(json).find("'data.digest'"), std::string::npos);
  EXPECT_NE(input_error_of([] { parse_sweep_record("{", "r"); }), "");
}

TEST(SweepRecord, TheTableReproducesTheMeans) {
  const SweepRecord record = some_record();
  const std::string csv = sweep_csv(record.plan, record.runs);
  TableRows rows(csv, ',');
  std::vector<std::string> heading, cells;
  ASSERT_TRUE(rows.next(heading));
  const auto column = [&](const char* name) {
    return static_cast<size_t>(std::find(heading.begin(), heading.end(), name) - heading.begin());
  };
  std::map<std::string, double> sums;
  size_t count = 0;
  for (; rows.next(cells); ++count) {
    ASSERT_EQ(cells.size(), heading.size());
    if (cells[column("state")] == "done")
      sums[cells[column("flow.lr")] + cells[column("flow.optimizer")]] += std::stod(cells[column("fd")]);
    else
      EXPECT_EQ(cells[column("fd")], "");
  }
  EXPECT_EQ(count, 8u);
  EXPECT_EQ(sums, (std::map<std::string, double>{
                      {"0.003muon", 5}, {"0.003adamw", 4}, {"0.006muon", 3}, {"0.006adamw", 6}}));
}

TEST(SweepRecord, TheTableForPeopleIsRankedAndNamesTheBest) {
  const SweepRecord record = some_record();
  const auto lines = sweep_table(record.plan, record.runs);
  EXPECT_EQ(lines[1].rfind("1     0.006    muon", 0), 0u) << lines[1];
  EXPECT_NE(lines[5].find("stopped at step 100 of 0 by the median rule"), std::string::npos) << lines[5];
  EXPECT_NE(lines.back().find("best: flow.lr 0.006, flow.optimizer muon, FD 3.00 %"), std::string::npos)
      << lines.back();
  const auto json = sweep_json_lines(record.plan, record.runs);
  ASSERT_EQ(json.size(), 12u);
  EXPECT_EQ(ordered_json::parse(json[0])["fd"], 3);
  EXPECT_EQ(ordered_json::parse(json[11])["event"], "combination");
}

}  // namespace
}  // namespace lf::records
