// The one Workload: it obeys commands, advances whatever is wanted most by one slice, and describes itself in
// blocks.
#pragma once

#include <chrono>
#include <deque>
#include <exception>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "api/experiment.h"
#include "config/picture_plan.h"
#include "files/folder_lock.h"
#include "jobs/job.h"
#include "lab/lab.h"
#include "library/data_loader.h"
#include "library/judge_shelf.h"
#include "library/open_accelerator.h"
#include "preview/look_stream.h"
#include "preview/score.h"
#include "preview/views.h"
#include "run/store.h"
#include "run/training_run.h"
#include "session/workload.h"

namespace lf {

/// The model in hand and the run behind it (none for an opened model). Moves as one, so that a reset can be
/// undone.
struct Workspace {
  std::unique_ptr<Model> model;
  std::unique_ptr<TrainingRun> run;
  History history;     ///< of an opened model; a run keeps its own
  std::string folder;  ///< of the run; "" before the first save
  std::string name;    ///< "shipped model", file or run name
  std::string origin;  ///< "from the shipped run", "" for a run of this session
  std::string started;
  Budget budget;
  Score score;            ///< last full evaluation
  bool finished = false;  ///< the run has spent its budget and was written
  bool figures = false;
  PicturePlan pictures;                    ///< epochs after which samples are drawn
  std::vector<std::string> drawn;          ///< those pictures
  std::vector<std::string> announcements;  ///< what was said before its parts began
  Series autoencoder_lost, flow_lost;      ///< losses of steps that were given up, see recover()
  bool unsaved = false;
  std::shared_ptr<FolderLock> lock;  ///< of the run's folder

  /// Where training stands: "flow step 130".
  std::string step_words() const;
};

class Experiment : public Workload {
 public:
  explicit Experiment(ExperimentOptions options);

  void apply(const Command& command) override;
  bool advance() override;
  void describe(Snapshot& snapshot) override;
  void report_error(const std::string& what) override;
  bool finished() const override { return quit_; }
  void finish() override;

 private:
  /// What is read at the start, one after the other: what one stage cannot do keeps no other from it.
  enum class Loading { Model, Runs, Judge, Data, Ready };
  /// What happens between a run's last step and its last file.
  enum class Ending { None, Score, Pictures, Views, Gallery, Write };

  // experiment_commands.cpp and experiment_jobs.cpp: one overload per command
  void obey(const TrainCommand&);
  void obey(const ReflowCommand&);
  void obey(const PauseCommand&);
  void obey(const ResumeCommand&);
  void obey(const StepCommand&);
  void obey(const ResetCommand&);
  void obey(const UndoResetCommand&);
  void obey(const SetCommand&);
  void obey(const PresetCommand&);
  void obey(const OpenCommand&);
  void obey(const SaveCommand&);
  void obey(const ExportCommand&);
  void obey(const SampleCommand&);
  void obey(const ReconstructCommand&);
  void obey(const LikelihoodCommand&);
  void obey(const InvertCommand&);
  void obey(const EvaluateCommand&);
  void obey(const JudgeCommand&);
  void obey(const BenchCommand&);
  void obey(const VerifyCommand&);
  void obey(const ReplayCommand&);
  void obey(const SpeedrunCommand&);
  void obey(const VerifySpeedrunCommand&);
  void obey(const WeightsCommand&);
  void obey(const ExportWeightsCommand&);
  void obey(const InspectCommand&);
  void obey(const LabCommand&);
  void obey(const LabRunCommand&);
  void obey(const ListRunsCommand&);
  void obey(const CompareRunsCommand&);
  void obey(const DeleteRunCommand&);
  void obey(const ResumeRunCommand&);
  void obey(const ShippedCommand&);
  void obey(const BrowseCommand&);
  void obey(const CancelCommand&);
  void obey(const QuitCommand&);

  void begin_job(std::unique_ptr<SlicedJob> job);
  void take_preset_looks();
  void export_lab_table(const std::string& path);
  std::string data_words() const;
  SpeedrunScene speedrun_scene(const char* what) const;

  // experiment_loading.cpp
  void load_slice();
  void load_stage();
  void first_look_slice();
  bool first_look_due() const;
  void load_first_model();
  std::vector<std::string> first_models() const;
  void open_model_file(const std::string& path);
  /// What its first bytes say: a model, an image of a digit, or a file of a data set, which means its folder.
  void open_file(const std::string& path);
  void open_picture(const std::string& path);
  void show_stored(const std::string& folder, const std::string& origin);
  void require_model(const char* what) const;

  // experiment_data.cpp
  void begin_opening(const std::string& folder);
  void data_slice();
  void data_failed(std::exception_ptr failure);
  void opening_failed(const std::string& why);
  void tell_data(const DataLoader& loader);
  void adopt_data(std::shared_ptr<const Dataset> dataset);
  void put_run_away();
  bool waits_for_data(const Command& command, const char* what);
  void obey_waiting();
  void refuse_waiting();
  void require_own_digits(const Workspace& work, const char* what) const;

  // experiment_judge.cpp
  void choose_judge();
  void tell_judge();
  std::string used_judge() const;

  // experiment_substitutes.cpp
  void tell_substitute(const std::string& part, const std::string& text);
  void forget_substitute(const std::string& part);
  void show_substitute_again(const std::string& part);
  // experiment_newest.cpp
  bool open_newest_run();
  void name_skipped(const std::vector<std::string>& lines);
  void name_damaged(const std::vector<std::string>& reasons, const std::string& instead);

  // experiment_runs.cpp
  Workspace untrained_run(const Settings& settings, const Budget& budget, Accelerator* accelerator) const;
  void start_run(const TrainCommand& command);
  void start_reflow(const ReflowCommand& command);
  std::string new_folder(const Model& model, const std::string& out) const;
  void begin_new_run(Workspace run);
  void adopt_run(Workspace run);
  void keep_run();
  void resume_stored(const ResumeRunCommand& command);
  Workspace stored_run(const std::string& folder);
  void drop_work();
  void announce_change();
  void set_threads(const Settings& settings);
  Accelerator* accelerator_for(const Settings& settings);
  std::string device_words() const;

  // experiment_recovery.cpp
  void recover(const std::string& what, bool diverged);
  void recover_from(std::exception_ptr failure);
  std::string way_on() const;
  void tell_failure(const std::string& what);
  void tell_error(const std::string& what, bool was_input, bool offers_lower_rate);
  void forget_error();
  void lower_rates(double factor);
  void tell_warning(const std::string& what);

  // experiment_saving.cpp
  void write_run(const std::string& state);
  double save_interval() const;
  void autosave();

  // experiment_ending.cpp
  void end_slice();
  void final_score_slice();
  void keep_gallery();

  // experiment_training.cpp
  void announce(const std::string& text);
  void announce_plan();
  void announce_flow();
  void begin_picture(const std::string& name);
  void picture_slice();
  void watch_growth();
  void show_map();
  void train_slice();
  void after_stage_change();
  void pause(const char* why);
  void begin_due_picture();

  // experiment_views.cpp
  void show_model();
  void set_looks();
  void set_lab_subject();
  void finish_score(const Evaluation& evaluation);
  bool view_due() const;
  void view_slice();
  bool view_needs_weights() const;
  bool live_score_due() const;
  void score_slice();
  void job_slice();
  bool share_allows_view() const;
  bool picture_first() const;
  bool first_score_waits() const;

  // experiment_describe.cpp
  std::string message_of(TrainingRun::Stage stage) const;
  std::string scoring_text() const;
  void refresh_run_block();
  void refresh_current_row();
  void refresh_loss_block();
  void refresh_quality_block();
  void measure_latent_spread();
  Phase phase() const;
  bool stands_in_autoencoder() const;
  void log(LogLevel level, const std::string& text);
  void log_command(const Command& command);
  void add_result(JobResult result);
  void note_saved(const std::string& path);
  void list_runs_again();
  bool training() const { return running_ && work_.run != nullptr; }
  const History& history() const { return work_.run ? work_.run->history() : work_.history; }

  ExperimentOptions options_;
  Settings settings_;
  Snapshot state_;  ///< the blocks as they were last made

  Loading loading_ = Loading::Model;
  bool first_look_failed_ = false;
  std::unique_ptr<DataLoader> data_loader_;
  bool opening_ = false;     ///< the loader reads what a person opened, not what is looked for at the start
  bool ran_before_ = false;  ///< training ran when that was asked for
  std::shared_ptr<const Dataset> dataset_;
  DataTensors data_;
  JudgeShelf judges_;
  std::shared_ptr<const Judge>
      judge_;                  ///< of the digits in use (of the model's, before they are read), or null
  std::string judge_problem_;  ///< why there is none for the digits in use
  uint64_t substitutes_told_ = 0;
  std::deque<Command> waiting_;  ///< commands that need data, kept until it is there

  std::optional<FoundAccelerator> accelerator_;  ///< none before it was first asked for
  std::optional<c10::Stream> look_stream_;       ///< of the accelerator, where a run uses it
  Workspace work_, undo_;
  bool obeying_ = false;  ///< a command is being carried out: what it throws is its own failure
  bool running_ = false, step_once_ = false, quit_ = false, failed_ = false;
  Budget extend_after_resume_;
  bool extend_pending_ = false;
  TrainingRun::Stage last_stage_ = TrainingRun::Stage::Finished;
  Ending ending_ = Ending::None;

  Views views_;
  Lab lab_;
  bool lab_turn_ = false;
  std::unique_ptr<SlicedJob> job_;
  std::unique_ptr<SlicedJob> picture_;  ///< samples after an epoch; training waits for it
  std::unique_ptr<GalleryMaker> gallery_;
  std::unique_ptr<Model> scored_model_;  ///< frozen weights of the evaluation under way
  std::unique_ptr<Evaluator> evaluator_;
  bool evaluator_full_ = false, evaluator_asked_ = false;
  double score_time_ = 0, picture_time_ = 0;  ///< recent seconds of each kind of looking
  double last_live_score_ = 0;                ///< training seconds
  double least_interval_ = 0;                 ///< seconds between two autosaves that saving allows
  bool save_due_ = false;                     ///< whatever the interval: a part of the run is done
  bool diverged_ = false;                     ///< the run stands at its last good state since it diverged
  bool final_drawn_ = false;
  int64_t mapped_ = 0;  ///< latents that were known when the map was made
  Score live_score_;

  double training_time_ = 0, viewing_time_ = 0;  ///< recent seconds of both, for the drawing share
  std::chrono::steady_clock::time_point born_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point last_save_ = born_, last_loss_block_ = born_, last_row_ = born_,
                                        job_started_ = born_;
  size_t loss_points_ = 0;
  std::vector<float>
      latent_spread_;  ///< deviation of the posterior means per coordinate; empty until measured
  std::vector<std::string> command_lines_;
  std::set<std::string> skipped_;  ///< warnings that were given once
  std::string last_tool_;          ///< that the last command asked for; "" if it was another command
};

}  // namespace lf
