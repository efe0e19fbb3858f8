// TensorBoard's files of a run: the curves of its history, scores and images, also after a resume,
// a return to an earlier state, and on a full disk.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <utility>
#include <vector>

#include "event_reader.h"
#include "experiment_fixture.h"
#include "file_size_limit.h"
#include "records/history.h"
#include "run/history_tensors.h"
#include "run/run_files.h"

namespace lf::worker {
namespace {

using testing::ReadEvent;
using Curve = std::map<int64_t, float>;

std::vector<fs::path> files_of(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

/// All events of a folder, as TensorBoard reads them: a restart removes what followed its step.
std::vector<ReadEvent> events_of(const fs::path& folder) {
  std::vector<ReadEvent> events;
  for (const fs::path& file : files_of(folder)) {
    for (ReadEvent& event : testing::read_event_file(file)) {
      if (event.restart) {
        const auto later = [&](const ReadEvent& e) { return e.step >= event.step; };
        events.erase(std::remove_if(events.begin(), events.end(), later), events.end());
      } else {
        events.push_back(std::move(event));
      }
    }
  }
  return events;
}

/// The values of a tag by step. A step that appears twice is an error.
Curve curve(const std::vector<ReadEvent>& events, const std::string& tag) {
  Curve found;
  for (const ReadEvent& event : events) {
    const auto value = event.numbers.find(tag);
    if (value == event.numbers.end()) continue;
    EXPECT_TRUE(found.emplace(event.step, value->second).second) << tag << " twice at " << event.step;
  }
  return found;
}

Curve curve(const Series& series) {
  Curve found;
  for (size_t i = 0; i < series.step.size(); ++i)
    found[static_cast<int64_t>(series.step[i])] = series.value[i];
  return found;
}

class EventLogTest : public ExperimentTest {
 protected:
  void SetUp() override {
    ExperimentTest::SetUp();
    tensorboard_ = (runs_ / "tb").string();
  }
  std::vector<ReadEvent> events(const std::string& run, const std::string& phase) const {
    return events_of(runs_ / "tb" / run / phase);
  }
  /// The checkpoint holds the exact values, history.csv six digits of them.
  void expect_curves(const std::string& run) const {
    records::History history;
    run::load_history(history, run::load_checkpoint(runs_ / run).state);
    const LossBlock& loss = history.loss;
    const auto autoencoder = events(run, "autoencoder"), flow = events(run, "flow");
    EXPECT_EQ(curve(autoencoder, "autoencoder/loss"), curve(loss.autoencoder_train));
    EXPECT_EQ(curve(autoencoder, "autoencoder/lr"), curve(loss.autoencoder_rate));
    EXPECT_EQ(curve(autoencoder, "autoencoder/loss_test"), curve(loss.autoencoder_test));
    EXPECT_EQ(curve(flow, "flow/loss"), curve(loss.flow_train));
    EXPECT_EQ(curve(flow, "flow/lr"), curve(loss.flow_rate));
    EXPECT_EQ(curve(flow, "flow/loss_test"), curve(loss.flow_test));
    EXPECT_EQ(curve(flow, "flow/loss").size(), 12u);
  }
};

/// Every image under `tag`, by step; each must be a PNG of that size.
std::map<int64_t, std::string> images_of(const std::vector<ReadEvent>& events, const std::string& tag) {
  std::map<int64_t, std::string> found;
  for (const ReadEvent& event : events) {
    const auto image = event.images.find(tag);
    if (image == event.images.end()) continue;
    EXPECT_GT(image->second.width, 100u);
    EXPECT_GT(image->second.height, 100u);
    EXPECT_EQ(image->second.png.substr(1, 3), "PNG");
    found[event.step] = image->second.png;
  }
  return found;
}

TEST_F(EventLogTest, HasTheCurvesOfTheHistoryAndChangesNoWeight) {
  const auto logged = start();
  train(*logged, (runs_ / "a").string());
  tensorboard_.clear();
  const auto plain = start();
  train(*plain, (runs_ / "b").string());
  expect_curves("a");
  expect_same_weights("a", "b");
  EXPECT_FALSE(fs::exists(runs_ / "tb" / "b"));
  EXPECT_FALSE(curve(events("a", "flow"), "flow/digits_per_second").empty());
}

TEST_F(EventLogTest, ShowsTheSameNoiseAndDigitsAtSomeSteps) {
  const auto workload = start();
  train(*workload, (runs_ / "a").string());
  const auto samples = images_of(events("a", "flow"), "flow/samples");
  const auto reconstructions = images_of(events("a", "autoencoder"), "autoencoder/reconstructions");
  ASSERT_GE(samples.size(), 5u);
  EXPECT_EQ(samples.begin()->first, 0);
  EXPECT_EQ(samples.rbegin()->first, 12) << "those of the finished run";
  EXPECT_NE(samples.begin()->second, samples.rbegin()->second);
  ASSERT_GE(reconstructions.size(), 2u);
  EXPECT_EQ(reconstructions.begin()->first, 0);
}

TEST_F(EventLogTest, AResumedRunContinuesInANewFile) {
  train_and_quit((runs_ / "a").string());
  const size_t before = events("a", "flow").size();
  resume_to_the_end((runs_ / "a").string());
  EXPECT_EQ(files_of(runs_ / "tb" / "a" / "flow").size(), 2u);
  EXPECT_GT(events("a", "flow").size(), before);
  expect_curves("a");
}

/// Killed after steps that no checkpoint holds: the resumed run makes them again.
TEST_F(EventLogTest, StepsAfterTheLastCheckpointAreTakenBack) {
  auto killed = start();
  killed->apply(SetCommand{"autoencoder.batch", "64"});
  killed->apply(SetCommand{"flow.batch", "64"});
  killed->apply(TrainCommand{"", Budget{0, 12, 0, 0}, (runs_ / "a").string(), false, true});
  until(*killed, [](const Snapshot& s) { return s.run->flow_step == 4; });
  killed->apply(SaveCommand{});
  until(*killed, [](const Snapshot& s) { return s.run->flow_step == 9; });
  killed.reset();
  EXPECT_GT(curve(events("a", "flow"), "flow/loss").rbegin()->first, 4) << "the images of step 9 wrote it";
  resume_to_the_end((runs_ / "a").string());
  expect_curves("a");
}

/// A run that began without event files gets all its curves once they are wanted.
TEST_F(EventLogTest, ALaterWishGetsTheWholeHistory) {
  const std::string wanted = std::exchange(tensorboard_, "");
  train_and_quit((runs_ / "a").string());
  tensorboard_ = wanted;
  resume_to_the_end((runs_ / "a").string());
  expect_curves("a");
}

TEST_F(EventLogTest, AFolderThatCannotBeMadeIsOneWarning) {
  std::ofstream(runs_ / "tb") << "a file";
  const auto workload = start();
  const Snapshot end = train(*workload, (runs_ / "a").string());
  EXPECT_EQ(end.run->phase, Phase::Done);
  EXPECT_EQ(end.notice->errors, 0u);
  std::vector<std::string> warnings;
  for (const auto& line : end.log->lines)
    if (line.text.find("TensorBoard") != std::string::npos) warnings.push_back(line.text);
  ASSERT_EQ(warnings.size(), 1u) << "for all attempts of both phases";
  EXPECT_NE(warnings[0].find("training continues"), std::string::npos);
  EXPECT_TRUE(fs::exists(runs_ / "a" / "model.safetensors"));
}

/// What did not fit is written once there is space again.
TEST_F(EventLogTest, AFullDiskLosesNoCurve) {
  const auto workload = start();
  workload->apply(SetCommand{"autoencoder.batch", "64"});
  workload->apply(SetCommand{"flow.batch", "64"});
  workload->apply(TrainCommand{"", Budget{0, 12, 0, 0}, (runs_ / "a").string(), false, true});
  {
    const testing::FileSizeLimit full(200);
    until(*workload, [](const Snapshot& s) { return s.run->flow_step == 6; });
  }
  const Snapshot end = until(*workload, [](const Snapshot& s) { return s.run->phase == Phase::Done; });
  EXPECT_EQ(end.notice->errors, 0u);
  EXPECT_TRUE(std::any_of(end.log->lines.begin(), end.log->lines.end(), [](const auto& line) {
    return line.text.find("nothing is written for TensorBoard") != std::string::npos;
  })) << "the disk was full";
  expect_curves("a");
}

}  // namespace
}  // namespace lf::worker
