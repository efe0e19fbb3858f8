// report.json of a run folder and the scores in a model's metadata; unreadable values are skipped.
#include "fuzz_target.h"
#include "records/report.h"

namespace lf::fuzz {

void fuzz_one(const uint8_t* data, size_t size) {
  const std::string text = text_of(data, size);
  RunSummary run;
  records::read_report(text, run);
  require(run.flow_steps >= 0 && run.flow_total >= 0, "steps are counts");
  const Budget budget = records::budget_of_report(text);
  require(budget.steps >= 0 && budget.seconds >= 0 && budget.epochs >= 0 && budget.until_fd >= 0,
          "a budget is a budget");
  const Score score = records::score_of_facts(
      {{"metric.fd", text}, {"metric.count", text}, {"metric.accuracy", text}, {"metric.confusion", text}});
  require(score.count >= 0, "a score is of a number of digits");
}

}  // namespace lf::fuzz
