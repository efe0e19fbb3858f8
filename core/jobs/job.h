// Work that takes long enough to show its progress, done in slices and cancelled by being
// destroyed.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/sliced_work.h"
#include "compare/comparison.h"
#include "files/idx/image_set.h"
#include "inference/model.h"
#include "metrics/judge.h"
#include "preview/reconstruction_view.h"
#include "protocol/bench.h"
#include "protocol/commands.h"
#include "protocol/snapshot.h"
#include "protocol/sweep.h"
#include "run/marks.h"
#include "run/repeated_run.h"
#include "training/accelerator.h"

namespace lf::jobs {

using run::DeviceChoice;

class SlicedJob : public SlicedWork {
 public:
  /// Its activity, for display: "drawing 10,000 samples".
  virtual std::string name() const = 0;
  /// Writes its results and reports them. May throw InputError or RunError.
  virtual JobResult finish() = 0;
  /// It only writes what was on screen: another job or the end of the program lets it finish instead of
  /// dropping it.
  virtual bool outlasts_others() const { return false; }
  /// The sweep that it trains; null for other jobs.
  virtual std::shared_ptr<const SweepBlock> sweep() const { return nullptr; }
};

/// `export`: the preview as an animation. Throws InputError where such files cannot be written.
std::unique_ptr<SlicedJob> make_export_job(const FlowBlock& flow, const std::string& path);

/// `sample`: digits to .png or .npy, or to .gif, .webp or .mp4 as an animation. `model` outlives the job.
/// Throws InputError for values out of range.
std::unique_ptr<SlicedJob> make_sample_job(const inference::Model& model, const SampleCommand& command);

/// `time-lapse`: the same noise after every one of `marks`, which are those of `model`'s run. `model`
/// outlives the job. Throws InputError without marks and for other endings.
std::unique_ptr<SlicedJob> make_time_lapse_job(const inference::Model& model, const run::Marks& marks,
                                               const TimeLapseCommand& command);

/// `reconstruct`: original | reconstruction | difference as .png, or reconstructions as .npy.
std::unique_ptr<SlicedJob> make_reconstruct_job(const inference::Model& model, const data::DataTensors& data,
                                                const ReconstructCommand& command);

/// `likelihood`: of the first digits of a split, as text, JSON and .csv. `data_name` names the data
/// set. Throws InputError for values out of range.
std::unique_ptr<SlicedJob> make_likelihood_job(const inference::Model& model, const data::DataTensors& data,
                                               const std::string& data_name,
                                               const LikelihoodCommand& command);

/// `invert`: a digit to its noise and back. `data` may be empty if an image is named; `judge` (may
/// be null) classifies images without a label. Throws InputError for values out of range and for
/// files that are no image.
std::unique_ptr<SlicedJob> make_invert_job(const inference::Model& model, const data::DataTensors& data,
                                           const metrics::Judge* judge, const InvertCommand& command);

/// `lab-run`: a tool of the lab to its end; picture or table. `data` (may be null) are the digits that the
/// model was trained on; `judge` may be null. Throws InputError for unknown names and for
/// models that cannot answer.
std::unique_ptr<SlicedJob> make_lab_job(const inference::Model& model, const data::DataTensors* data,
                                        std::shared_ptr<const metrics::Judge> judge,
                                        const LabRunCommand& command);

/// `judge`: trains, calibrates and writes a judge for this data, and keeps it in the folder `kept`
/// ("" keeps none), where it is found by the digest of the data. Throws InputError for digits that
/// allow no judge.
std::unique_ptr<SlicedJob> make_judge_job(std::shared_ptr<const files::Dataset> dataset,
                                          const JudgeCommand& command, const std::string& kept);

/// `verify`: a network of the reference system against reference vectors. Throws InputError for
/// files that are damaged or do not fit.
std::unique_ptr<SlicedJob> make_verify_job(const VerifyCommand& command);

/// `replay`: trains a stored run again from its seed, and compares weights at the recorded steps.
/// `data` outlives the job. Throws InputError for runs that cannot be replayed, and for digits
/// other than theirs.
std::unique_ptr<SlicedJob> make_replay_job(const data::DataTensors& data, const files::Dataset& dataset,
                                           const ReplayCommand& command, const DeviceChoice& device);

/// `branch`: a new run folder with the exact state of a stored run after a step of its flow, ready to be
/// resumed with other settings. `folder` is made for it, or usable, and removed again if nothing comes of it;
/// `data` outlives the job. Throws InputError for runs and settings of which there is no branch.
std::unique_ptr<SlicedJob> make_branch_job(const data::DataTensors& data, const files::Dataset& dataset,
                                           const BranchCommand& command, const std::string& runs,
                                           const DeviceChoice& device);

/// What a comparison may need besides its models; all of it may be null.
struct CompareScene {
  const data::DataTensors* data = nullptr;
  const files::Dataset* dataset = nullptr;
  compare::JudgeFor judge_for = {};
};

/// `compare`: two to four models on the same noise; image, table or page. What `scene` holds outlives the
/// job. Throws InputError for models that cannot be read, and for scores without a judge.
std::unique_ptr<SlicedJob> make_compare_job(const CompareCommand& command, const CompareScene& scene,
                                            const DeviceChoice& device);

/// `share`: one HTML page of the run or model that the command names. Throws InputError for other endings;
/// its first slice, for what is no run.
std::unique_ptr<SlicedJob> make_share_job(const ShareCommand& command);

/// The inputs of a speedrun; digits and data set outlive the job.
struct SpeedrunScene {
  const data::DataTensors& data;
  const files::Dataset& dataset;
  std::shared_ptr<const metrics::Judge> judge;
  std::string judge_digest;  ///< SHA-256 of its file
};

/// `speedrun`: for each target, trains a model with these settings, scores it and updates the
/// record. `runs` is where its folder is made unless the command names one. Throws InputError for
/// violations of the rules, before anything is trained.
std::unique_ptr<SlicedJob> make_speedrun_job(const SpeedrunScene& scene, const Settings& settings,
                                             const SpeedrunCommand& command, const std::string& runs,
                                             const DeviceChoice& device);

/// `verify-speedrun`: scores the models of a record again, with the current judge. Throws
/// InputError for unreadable records and models that are not the recorded ones.
std::unique_ptr<SlicedJob> make_verify_speedrun_job(const SpeedrunScene& scene,
                                                    const VerifySpeedrunCommand& command);

/// `import-run`: checks a run folder and copies it to a new folder under `runs`. Throws InputError for a
/// folder that is no run, is in use or is damaged; nothing of it remains then.
std::unique_ptr<SlicedJob> make_import_job(const ImportRunCommand& command, const std::string& runs);

/// `sweep`: one run after another, each scored and saved in the folder of the sweep, from which it continues.
/// `runs` is where that is made unless the command names one; `device` prepares the processor or the
/// accelerator for a run. Throws InputError for plans that cannot be trained, before anything is made.
std::unique_ptr<SlicedJob> make_sweep_job(const SpeedrunScene& scene, const SweepCommand& command,
                                          const std::string& runs, const DeviceChoice& device);

/// A stored sweep with the samples of its runs. Throws InputError for folders without one.
std::shared_ptr<const SweepBlock> stored_sweep(const std::string& folder);

/// `info --weights`: the content of a file, as table and JSON, whether or not a network fits.
/// Throws InputError for anything that is not a valid safetensors file.
std::unique_ptr<SlicedJob> make_weights_job(const WeightsCommand& command);

/// `export`: writes bare weights of `model` (may be null with command.init). Throws InputError or RunError.
JobResult export_weights(const inference::Model* model, const ExportWeightsCommand& command);

/// `bench`: the rows that need no window; `judge` may be null, then nothing is scored. Throws InputError for
/// unknown names.
std::unique_ptr<SlicedJob> make_bench_job(const Settings& settings, const at::Tensor& pixels,
                                          std::shared_ptr<const metrics::Judge> judge,
                                          const BenchCommand& command);

}  // namespace lf::jobs
