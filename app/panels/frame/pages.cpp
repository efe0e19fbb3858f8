#include "panels/frame/pages.h"

#include "panels/compare/compare_page.h"
#include "panels/explore/explore_page.h"
#include "panels/lab/lab_page.h"
#include "panels/log/log_page.h"
#include "panels/quality/quality_page.h"
#include "panels/reconstructions/reconstructions_page.h"
#include "panels/runs/runs_page.h"
#include "panels/sweep/sweep_page.h"
#include "panels/training/training_page.h"

namespace lf::app::panels {

const std::vector<PageInfo>& page_table() {
  static const std::vector<PageInfo> table{
      {"explore", "Explore", "Learning curves, reconstructions and generated digits on one page.",
       draw_explore_page},
      {"flow-lab", "Flow lab", "Interactive experiments on the flow, with numbers and images.",
       draw_lab_page},
      {"latent-space", "Latent space",
       "Latents of all digits: their arrangement, neighbours and routes between them.", draw_latent_page},
      {"reconstructions", "Reconstructions", "Original and reconstruction of every digit, with the error.",
       draw_reconstructions_page},
      {"training", "Training", "Losses, learning rates, speed, and the plan of the run.", draw_training_page},
      {"quality", "Quality", "Quality of the generated digits, and how it is measured.", draw_quality_page},
      {"runs", "Runs", "Stored runs: open, resume, compare, delete.", draw_runs_page},
      {"compare", "Compare", "Two to four models on the same noise, and what differs between them.",
       draw_compare_page},
      {"sweep", "Sweep", "Runs with the settings of a table or grid: planned, trained and compared.",
       draw_sweep_page},
      {"log", "Log", "Every command and its result.", draw_log_page},
  };
  return table;
}

const PageInfo& find_page(const std::string& id) {
  for (const PageInfo& page : page_table()) {
    if (id == page.id) return page;
  }
  return page_table().front();
}

}  // namespace lf::app::panels
