#include "worker/current_run/images.h"

#include <cstdio>

#include "run/folder.h"

namespace lf::worker {

void RunImages::begin_due(run::RunStage stage) {
  if (stage != run::RunStage::Flow) return;
  const run::RunStatus run = context_.work.run->status();
  const int64_t per_epoch = run.steps_per_epoch, step = run.flow_step;
  if (step % per_epoch != 0 || !context_.work.pictures.epochs.count(step / per_epoch)) return;
  char name[40];
  std::snprintf(name, sizeof name, "samples-epoch-%04lld.png", static_cast<long long>(step / per_epoch));
  begin(name);
}

/// The reference system's image of an epoch: sixteen digits in a 4×4 grid, sampled with the run's
/// own sampler from the same noise every time, so that two epochs can be compared.
void RunImages::begin(const std::string& name) {
  SampleCommand grid;
  grid.count = 16;
  grid.columns = 4;
  grid.seed = static_cast<uint64_t>(context_.work.model->settings.general.seed);
  grid.out = (run::figures_folder(context_.work.folder) / name).string();
  job_ = jobs::make_sample_job(*context_.work.model, grid);
}

void RunImages::advance() {
  if (job_->advance()) return;
  const JobResult drawn = job_->finish();
  job_.reset();
  context_.work.drawn.insert(context_.work.drawn.end(), drawn.paths.begin(), drawn.paths.end());
  context_.publisher.log(LogLevel::Info, drawn.text);
}

}  // namespace lf::worker
