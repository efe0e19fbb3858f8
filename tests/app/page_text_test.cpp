// Texts and decisions of the pages, without a window.
#include <gtest/gtest.h>

#include <cmath>

#include "config/settings.h"
#include "fake_snapshots.h"
#include "panels/files/state.h"
#include "panels/help/tour.h"
#include "panels/quality/quality_text.h"
#include "panels/reconstructions/reconstructions_text.h"
#include "panels/run_status.h"
#include "panels/runs/runs_text.h"
#include "panels/training/training_text.h"
#include "widgets/text/text.h"

namespace lf::app {
namespace {

bool page_contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

Snapshot with_run(const RunBlock& run) {
  Snapshot s;
  s.run = std::make_shared<RunBlock>(run);
  s.settings = std::make_shared<SettingsBlock>();
  return s;
}

TEST(TrainingText, NewRunFollowsTheSettings) {
  RunBlock run;
  run.train_count = 60000;
  const std::string text = panels::budget_sentence(with_run(run));
  EXPECT_TRUE(page_contains(text, "A new run")) << text;
  EXPECT_TRUE(page_contains(text, "1,123 steps of 64 digits")) << text;
  EXPECT_TRUE(page_contains(text, "1,404 steps of 256 digits")) << text;
}

TEST(TrainingText, APathKeepsItsEnd) {
  EXPECT_EQ(panels::path_end("/disk/of/data/mnist"), "…/data/mnist");
  EXPECT_EQ(panels::path_end("/data/mnist"), "/data/mnist");
  EXPECT_EQ(panels::path_end("data/mnist"), "data/mnist");
  EXPECT_EQ(panels::path_end("mnist"), "mnist");
  EXPECT_EQ(panels::path_end("/"), "/");
  EXPECT_EQ(panels::path_end(""), "");
}

TEST(TrainingText, TheScheduleKnowsLoweredRates) {
  Snapshot s = fake_snapshot("paused");
  const double peak = s.settings->run.flow.lr;
  EXPECT_TRUE(page_contains(panels::schedule_sentence(s), "rises to " + short_number(peak)))
      << panels::schedule_sentence(s);
  EXPECT_FALSE(page_contains(panels::schedule_sentence(s), "lowered"));
  s = fake_snapshot("diverged");
  EXPECT_TRUE(page_contains(panels::schedule_sentence(s), "rises to " + short_number(0.5 * peak)))
      << panels::schedule_sentence(s);
  EXPECT_TRUE(page_contains(panels::schedule_sentence(s), "lowered to 0.5 of their settings"));
}

TEST(TrainingText, StepsThatWereGivenUpAreNamed) {
  EXPECT_EQ(panels::lost_sentence(Series{}), "");
  const Snapshot s = fake_snapshot("diverged");
  EXPECT_TRUE(
      page_contains(panels::lost_sentence(s.loss->flow_lost), "up to step 300 shows discarded steps"));
}

TEST(TrainingText, OwnRunSaysWhatItWillDo) {
  RunBlock run;
  run.from_shipped = false;
  run.flow_total = 500;
  run.autoencoder_total = 300;
  const std::string text = panels::budget_sentence(with_run(run));
  EXPECT_TRUE(page_contains(text, "This run")) << text;
  EXPECT_TRUE(page_contains(text, "300 steps")) << text;
  EXPECT_TRUE(page_contains(text, "500 steps")) << text;
}

TEST(TrainingText, AFrozenEncoderIsNamed) {
  RunBlock run;
  run.from_shipped = false;
  run.flow_total = 500;
  run.autoencoder_total = 3748;
  run.encoder_total = 469;
  const std::string text = panels::budget_sentence(with_run(run));
  EXPECT_TRUE(page_contains(text, "469 steps of 64 digits, freezes its encoder")) << text;
  EXPECT_TRUE(page_contains(text, "the decoder takes 3,279 more steps.")) << text;
}

TEST(QualityText, AMissingScoreIsAnnouncedWhileTheLiveScoreIsOn) {
  Snapshot s = fake_snapshot("growing");
  EXPECT_TRUE(page_contains(panels::missing_score(s).how, "the flow begins in about"))
      << panels::missing_score(s).how;
  auto run = std::make_shared<RunBlock>(*s.run);
  run->phase = Phase::Flow;
  s.run = run;
  EXPECT_TRUE(page_contains(panels::missing_score(s).how, "begins after 15 s"))
      << panels::missing_score(s).how;
  run->running = false;
  EXPECT_TRUE(page_contains(panels::missing_score(s).how, "Press 'Evaluate")) << panels::missing_score(s).how;
}

TEST(RunStatus, WhatTheWorkerSaysIsATitleInTheTopBar) {
  Snapshot s = fake_snapshot("latents");
  auto run = std::make_shared<RunBlock>(*s.run);
  run->message = "encoding all digits";
  s.run = run;
  EXPECT_EQ(panels::phase_words(*s.run), "Encoding all digits");
}

TEST(TrainingText, LossSentenceNoticesMemorising) {
  Series train, test;
  EXPECT_EQ(panels::loss_sentence(train, test), "");
  for (int i = 0; i < 300; ++i) train.value.push_back(1.0f);
  test.value = {1.02f};
  EXPECT_TRUE(page_contains(panels::loss_sentence(train, test), "generalises"));
  test.value = {1.4f};
  EXPECT_TRUE(page_contains(panels::loss_sentence(train, test), "memorises"));
}

TEST(TrainingText, TrainLongerNeedsAFinishedRun) {
  RunBlock run;
  run.phase = Phase::Idle;
  EXPECT_NE(panels::train_longer_reason(run), "");
  run.from_shipped = false;
  run.running = true;
  EXPECT_NE(panels::train_longer_reason(run), "");
  run.running = false;
  run.can_train_longer = true;
  EXPECT_EQ(panels::train_longer_reason(run), "");
}

TEST(TrainingText, Parameters) {
  EXPECT_EQ(panels::parameter_text(0), "—");
  EXPECT_EQ(panels::parameter_text(82137), "82 k");
  EXPECT_EQ(panels::parameter_text(129534736), "129.53 M");
}

ReconstructionBlock shown(int64_t offset, size_t count, int64_t available) {
  ReconstructionBlock block;
  block.split = "test";
  block.order = "worst";
  block.digit = 3;
  block.offset = offset;
  block.available = available;
  block.labels.assign(count, 3);
  return block;
}

TEST(ReconstructionsText, PagesKeepTheFilterAndStayInside) {
  const InspectCommand next = panels::turn_page(shown(0, 60, 130), 1);
  EXPECT_EQ(next.order, "worst");
  EXPECT_EQ(next.digit, 3);
  EXPECT_EQ(next.offset, 60);
  EXPECT_EQ(panels::turn_page(shown(120, 10, 130), 1).offset, 120);
  EXPECT_EQ(panels::turn_page(shown(0, 60, 130), -1).offset, 0);
  EXPECT_EQ(panels::turn_page(shown(77, 53, 130), -1).offset, 0);
  EXPECT_EQ(panels::turn_page(shown(0, 0, 0), 1).offset, 0);
}

TEST(ReconstructionsText, RangeAndPsnr) {
  EXPECT_EQ(panels::range_text(shown(60, 60, 10000)), "61–120 of 10,000");
  EXPECT_EQ(panels::range_text(shown(0, 0, 0)), "none");
  EXPECT_NEAR(panels::psnr_of(0.01), 20, 1e-9);
  EXPECT_EQ(panels::psnr_of(0), 99);
}

TEST(ReconstructionsText, YardstickIsForMnistOnly) {
  ReconstructionBlock block = shown(0, 60, 10000);
  EXPECT_TRUE(page_contains(panels::psnr_sentence(block, "MNIST"), "Not measured"));
  block.psnr = 22.4;
  block.psnr_count = 10000;
  EXPECT_TRUE(page_contains(panels::psnr_sentence(block, "MNIST"), "this autoencoder is better"));
  EXPECT_TRUE(page_contains(panels::psnr_sentence(block, "Stroke digits"), "for MNIST only"));
  EXPECT_FALSE(page_contains(panels::psnr_sentence(block, "Stroke digits"), "21.1"));
  block.psnr = 18;
  EXPECT_TRUE(page_contains(panels::psnr_sentence(block, "MNIST"), "not better yet"));
}

TEST(QualityText, GradesGrowWithTheJudge) {
  EXPECT_DOUBLE_EQ(panels::grade_limits(0)[1].up_to, 1);
  EXPECT_DOUBLE_EQ(panels::grade_limits(0.15)[1].up_to, 1);
  EXPECT_DOUBLE_EQ(panels::grade_limits(0.3)[1].up_to, 2);
  EXPECT_TRUE(std::isinf(panels::grade_limits(0.15)[5].up_to));
  EXPECT_EQ(panels::grade_word("B"), "good");
  EXPECT_EQ(panels::grade_word("-"), "");
}

TEST(QualityText, DashForWhatWasNotMeasured) {
  EXPECT_EQ(panels::percent_text(std::nan("")), "—");
  EXPECT_EQ(panels::percent_text(-1), "—");
  EXPECT_EQ(panels::percent_text(0.921), "92.1 %");
  EXPECT_EQ(panels::fd_text(-1), "—");
  EXPECT_EQ(panels::fd_text(2.714), "2.71 %");
  EXPECT_EQ(panels::fd_text(12.3), "12.3 %");
}

TEST(QualityText, EvaluationNeedsJudgeAndQuiet) {
  RunBlock run;
  run.phase = Phase::Idle;
  Snapshot s = with_run(run);
  auto quality = std::make_shared<QualityBlock>();
  quality->judge = "the judge knows MNIST only";
  s.quality = quality;
  EXPECT_TRUE(page_contains(panels::evaluate_reason(s), "the judge knows MNIST only"));
  EXPECT_TRUE(page_contains(panels::missing_score(s).how, "latentflow judge"));
  auto judged = std::make_shared<QualityBlock>();
  judged->judge_available = true;
  s.quality = judged;
  EXPECT_EQ(panels::evaluate_reason(s), "");
  auto job = std::make_shared<JobBlock>();
  job->active = true;
  job->name = "evaluating 10,000 samples";
  s.job = job;
  EXPECT_TRUE(panels::evaluating(s));
  EXPECT_NE(panels::evaluate_reason(s), "");
}

TEST(QualityText, SentencesNameTheWorst) {
  Score score;
  score.valid = true;
  score.count = 10000;
  score.fd = 2.7;
  score.rfd = 0.6;
  EXPECT_TRUE(page_contains(panels::limits_sentence(score), "train it longer"));
  score.rfd = 2.0;
  EXPECT_TRUE(page_contains(panels::limits_sentence(score), "The decoder now limits"));
  score.confusion[4 * 10 + 9] = 17;
  score.confusion[4 * 10 + 4] = 983;
  EXPECT_TRUE(page_contains(panels::confusion_sentence(score), "a 4 classified as a 9, 17 of 1,000"));
  score.memorisation = 0.009;
  EXPECT_TRUE(page_contains(panels::memorisation_sentence(score), "No sign of memorisation"));
  score.memorisation = 0.05;
  EXPECT_TRUE(page_contains(panels::memorisation_sentence(score), "has memorised"));
}

TEST(RunsText, ARunThatCanGoOnIsOfferedOnce) {
  Snapshot s = fake_snapshot("idle-shipped");
  panels::ViewState view;
  ASSERT_NE(panels::run_to_offer(s, view), nullptr);
  EXPECT_EQ(panels::run_to_offer(s, view)->state, "crashed") << "before any other";
  auto runs = std::make_shared<RunsBlock>(*s.runs);
  runs->runs[1].state = "done";
  s.runs = runs;
  EXPECT_EQ(panels::run_to_offer(s, view), nullptr) << "the last one is done";
  runs->runs[0].state = "paused";
  runs->runs[0].resumable = true;
  ASSERT_EQ(panels::run_to_offer(s, view), &runs->runs[0]);
  EXPECT_TRUE(page_contains(panels::offer_sentence(runs->runs[0]), "stopped at flow step 1,404 of 1,404."));
  runs->runs[0].flow_steps = 0;
  EXPECT_TRUE(page_contains(panels::offer_sentence(runs->runs[0]), "stopped before the flow's first step."));
  view.set(panels::kLeftRun, runs->runs[0].folder);
  EXPECT_EQ(panels::run_to_offer(s, view), nullptr) << "nobody wanted it the last time";
  view.set(panels::kLeftRun, std::string());
  view.set("now.offer.seen", true);
  EXPECT_EQ(panels::run_to_offer(s, view), nullptr);
  view.set("now.offer.seen", false);
  s.run = fake_snapshot("paused").run;
  EXPECT_EQ(panels::run_to_offer(s, view), nullptr) << "this session has a run of its own";
}

TEST(RunsText, TheTimeIsToldToTheMinute) {
  RunSummary run;
  run.preset = "fast";
  run.state = "done";
  run.started = "2026-11-29T01:21:05+0000";
  EXPECT_EQ(panels::run_subtitle(run), "fast · done · 2026-11-29 01:21");
  run.started = "yesterday";
  EXPECT_EQ(panels::run_subtitle(run), "fast · done · yesterday");
}

TEST(RunsText, ReasonsFollowTheState) {
  RunSummary run;
  run.state = "crashed";
  run.resumable = true;
  EXPECT_EQ(panels::resume_run_reason(run), "");
  EXPECT_EQ(panels::delete_run_reason(run), "");
  run.current = true;
  EXPECT_NE(panels::resume_run_reason(run), "") << "it is trained by the large button";
  EXPECT_EQ(panels::resume_run_reason(run, true), "") << "it was only opened";
  EXPECT_NE(panels::delete_run_reason(run), "");
}

TEST(FilesState, PathsAndEndings) {
  panels::ViewState view;
  BrowseBlock browse;
  browse.path = "folder";
  browse.entries = {{"model.safetensors", false, 10, "model"}};
  EXPECT_NE(panels::path_problem(view), "");
  panels::open_files_panel(view, panels::FilesMode::Save);
  EXPECT_EQ(panels::path_problem(view), "");
  EXPECT_EQ(panels::chosen_path(view, browse), "folder/model.safetensors");
  EXPECT_TRUE(panels::replaces_file(panels::chosen_path(view, browse), browse));
  view.set("now.files.path", std::string("mine"));
  EXPECT_EQ(panels::chosen_path(view, browse), "folder/mine.safetensors");
  EXPECT_FALSE(panels::replaces_file(panels::chosen_path(view, browse), browse));
  panels::open_files_panel(view, panels::FilesMode::Export);
  EXPECT_EQ(panels::path_problem(view), "");
  view.set("now.files.path", std::string("flow.bmp"));
  EXPECT_TRUE(page_contains(panels::path_problem(view), ".gif"));
  panels::open_share_panel(view, "/runs/a run");
  EXPECT_EQ(panels::path_problem(view), "");
  EXPECT_EQ(panels::chosen_path(view, browse), "folder/a run.html");
  EXPECT_EQ(view.text("now.files.run", ""), "/runs/a run");
  view.set("now.files.path", std::string("page.pdf"));
  EXPECT_TRUE(page_contains(panels::path_problem(view), ".html"));
  panels::set_files_mode(view, panels::FilesMode::Share);
  EXPECT_EQ(view.text("now.files.run", "?"), "");  // the current run
  panels::close_files_panel(view);
  EXPECT_FALSE(view.files);
  EXPECT_EQ(panels::files_mode(view), panels::FilesMode::Open);
}

TEST(FilesState, NamesAndSizes) {
  EXPECT_EQ(panels::base_name("a/b/"), "b");
  EXPECT_EQ(panels::base_name("b"), "b");
  EXPECT_EQ(panels::base_name("/"), "/");
  EXPECT_EQ(panels::join_path("/", "a"), "/a");
  EXPECT_EQ(panels::join_path("x", "/a"), "/a");
  EXPECT_EQ(panels::size_text({"m", false, 4412345, "model"}), "4.2 MB");
  EXPECT_EQ(panels::size_text({"f", true, 0, ""}), "");
  EXPECT_NE(panels::entry_problem({"notes.txt", false, 1, ""}, panels::FilesMode::Open), "");
  EXPECT_EQ(panels::entry_problem({"notes.txt", false, 1, ""}, panels::FilesMode::Save), "");
}

TEST(FilesState, RecentHoldsTwelveNoneTwice) {
  panels::ViewState view;
  for (int i = 0; i < 20; ++i) panels::remember_recent(view, std::to_string(i));
  panels::remember_recent(view, "15");
  ASSERT_EQ(view.recent.size(), 12u);
  EXPECT_EQ(view.recent[0], "15");
  EXPECT_EQ(view.recent[1], "19");
}

TEST(FilesState, CommandsMatchTheMode) {
  EXPECT_EQ(format_command(panels::files_command(panels::FilesMode::Open, "a")), "open a");
  EXPECT_EQ(format_command(panels::files_command(panels::FilesMode::Save, "a")), "save a");
  EXPECT_EQ(format_command(panels::files_command(panels::FilesMode::Export, "a.gif")), "export a.gif");
  EXPECT_EQ(format_command(panels::files_command(panels::FilesMode::Share, "a.html", "runs/b")),
            "share run=runs/b out=a.html seed=1");
}

TEST(Tour, StartsOnExploreAndEnds) {
  panels::ViewState view;
  view.page = "runs";
  EXPECT_EQ(panels::tour_step(view), -1);
  EXPECT_FALSE(panels::end_tour(view));
  panels::start_tour(view);
  EXPECT_EQ(view.page, "explore");
  EXPECT_EQ(panels::tour_step(view), 0);
  EXPECT_TRUE(panels::end_tour(view));
  EXPECT_EQ(panels::tour_step(view), -1);
}

}  // namespace
}  // namespace lf::app
