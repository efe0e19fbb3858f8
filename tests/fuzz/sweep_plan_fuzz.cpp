// A sweep file, which people write by hand: invalid ones are refused with a line.
#include "fuzz_target.h"
#include "records/sweep_plan.h"

namespace lf::fuzz {

void fuzz_one(const uint8_t* data, size_t size) {
  SweepPlan plan;
  if (!sound_or_refused([&] { plan = records::parse_sweep_plan(text_of(data, size), "f.json"); })) return;
  require(sweep_run_count(plan) <= kMostSweepRuns, "a plan is bounded");
  const std::string text = records::sweep_plan_text(plan);
  require(records::sweep_plan_text(records::parse_sweep_plan(text, "f.json")) == text,
          "what was read is written and read again");
}

}  // namespace lf::fuzz
