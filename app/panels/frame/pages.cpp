#include "panels/frame/pages.h"

#include "panels/explore/explore_page.h"
#include "panels/lab/lab_page.h"
#include "panels/log/log_page.h"
#include "panels/quality/quality_page.h"
#include "panels/reconstructions/reconstructions_page.h"
#include "panels/runs/runs_page.h"
#include "panels/training/training_page.h"

namespace lf {

const std::vector<PageInfo>& page_table() {
  static const std::vector<PageInfo> table{
      {"explore", "Explore", "Learning curves, reconstructions and the flow, all at once.",
       draw_explore_page},
      {"flow-lab", "Flow lab",
       "Questions to the flow that nobody else answers, each with numbers and pictures.", draw_lab_page},
      {"latent-space", "Latent space",
       "Every digit as a point: where it lies, what lies near it, what lies between.", draw_latent_page},
      {"reconstructions", "Reconstructions", "What is lost on the way through 64 numbers, digit by digit.",
       draw_reconstructions_page},
      {"training", "Training", "How it learns: losses, rates, speed, and what the run will do.",
       draw_training_page},
      {"quality", "Quality", "How good the drawn digits are, and how one knows.", draw_quality_page},
      {"runs", "Runs", "Stored runs: open, resume, compare, delete.", draw_runs_page},
      {"log", "Log", "Every command and what came of it.", draw_log_page},
  };
  return table;
}

const PageInfo& find_page(const std::string& id) {
  for (const PageInfo& page : page_table()) {
    if (id == page.id) return page;
  }
  return page_table().front();
}

}  // namespace lf
