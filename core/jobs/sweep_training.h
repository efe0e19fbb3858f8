// One run of a sweep: trained as `latentflow train` does, scored, and saved as a normal run.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/sliced_work.h"
#include "files/folder_lock.h"
#include "inference/sampling.h"
#include "jobs/job.h"
#include "metrics/evaluator.h"
#include "records/plan.h"
#include "run/training_run.h"

namespace lf::jobs {

/// What a run of a sweep starts from.
struct SweepStart {
  SweepRun run;  ///< name, combination and seed
  Settings settings;
  Budget budget;
  records::RunPlan steps;             ///< fixed by the first run; no steps: by the budget
  std::filesystem::path folder;       ///< of the run; leftovers of a killed program in it are removed
  bool checks = true;                 ///< scored at some steps, for the median rule
  std::vector<SweepRun> others;       ///< of the sweep
  std::vector<std::string> commands;  ///< lines that repeat the run
};

class SweepTraining : public SlicedWork {
 public:
  /// The scene outlives it. Throws InputError for settings that cannot be trained.
  SweepTraining(const SpeedrunScene& scene, SweepStart start, training::Accelerator* accelerator);

  /// One slice; false once the run is trained or stopped, scored and saved. Throws DivergedError.
  bool advance() override;
  double progress() const override;
  /// Its activity: "training the flow".
  std::string activity() const;

  /// Its state and results so far.
  const SweepRun& run() const { return start_.run; }
  /// Ten digits, one of each class, from the noise that all runs share; empty before the end.
  const ImageSheet& samples() const { return samples_; }
  const records::RunPlan& plan() const { return plan_; }
  /// Seconds of training and score, by the measured speed of a step; −1 before the measurement.
  double expected_seconds() const;
  /// The bytes of its files, by the sizes of its networks.
  double expected_bytes() const;

 private:
  enum class Stage { Train, Check, Score, Sample, Save, Ended };

  void train_slice();
  void keep_mark();
  bool check_due() const;
  void begin_score(int64_t count, bool full, Stage stage);
  void note_check();
  void note_score();
  void begin_samples();
  void save();

  const SpeedrunScene& scene_;
  SweepStart start_;
  training::Accelerator* accelerator_;
  std::shared_ptr<files::FolderLock> lock_;
  std::unique_ptr<inference::Model> model_, frozen_;
  std::unique_ptr<run::TrainingRun> training_;
  run::Marks marks_;
  bool marks_given_up_ = false;
  records::RunPlan plan_;
  Stage stage_ = Stage::Train;
  std::unique_ptr<metrics::Evaluator> evaluator_;
  std::unique_ptr<inference::BatchSampler> sampler_;
  Score score_;
  ImageSheet samples_;
  std::string started_;
};

}  // namespace lf::jobs
