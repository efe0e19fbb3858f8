#include "cli/job.h"

#include <algorithm>
#include <utility>

#include "base/errors.h"
#include "cli/driver.h"

namespace lf::cli {
namespace {

void refuse_failed(const std::vector<JobResult>& results) {
  for (const auto& result : results) {
    if (!result.ok) throw RunError(result.text);
  }
}

bool has_verb(const std::vector<JobResult>& results, const std::string& verb) {
  return std::any_of(results.begin(), results.end(), [&](const auto& result) { return result.verb == verb; });
}

}  // namespace

size_t print_warnings(std::ostream& error, const LogBlock& log, size_t from) {
  for (size_t i = from; i < log.lines.size(); ++i) {
    if (log.lines[i].level == LogLevel::Warning)
      error << "latentflow: " << one_line(log.lines[i].text) << std::endl;
  }
  return log.lines.size();
}

ExperimentOptions headless_options() {
  ExperimentOptions options;
  options.assets = default_assets_folder();
  options.runs = default_runs_folder();
  options.judges = default_judges_folder();
  options.previews = false;
  return options;
}

Job job_of(const std::string& verb, Command command, bool json) {
  return {headless_options(), {}, std::move(command), verb, json};
}

JobOutcome run_job(Context& context, const Job& job, Progress& progress) {
  const EndSignals signals;  // loading the core takes a while: signals count from here on
  Driver driver(context.hooks.load(job.options), progress);
  for (const auto& command : job.settings) driver.apply(command);
  driver.load();
  const size_t warned = print_warnings(context.error, *driver.snapshot().log, 0);
  if (!driver.interrupted()) {
    driver.apply(job.command);
    driver.work_until(job.verb);
  }
  JobOutcome outcome;
  outcome.interrupted = driver.interrupted();
  outcome.results = driver.new_results();
  driver.quit();
  for (auto& result : driver.new_results()) outcome.results.push_back(std::move(result));
  outcome.last = driver.snapshot();
  print_warnings(context.error, *outcome.last.log, warned);
  refuse_failed(outcome.results);
  if (has_verb(outcome.results, job.verb)) {
    outcome.interrupted = false;  // the signal came after the end of the work
  } else if (!outcome.interrupted) {
    throw RunError(job.verb + " ended without a result; see the log of the run");
  }
  return outcome;
}

void print_result(std::ostream& out, const JobResult& result) {
  for (const auto& line : result.table) out << one_line(line) << "\n";
  if (result.table.empty() && !result.text.empty()) out << one_line(result.text) << "\n";
}

int run_and_print(Context& context, const Job& job) {
  const auto progress = job.json ? make_silence() : make_progress(context.error, context.terminal);
  const auto outcome = run_job(context, job, *progress);
  for (const auto& result : outcome.results) {
    if (!job.json) print_result(context.out, result);
    if (job.json && result.verb == job.verb) {
      for (const auto& line : result.json) context.out << line << "\n";
    }
  }
  context.out.flush();
  for (const auto& result : outcome.results) {
    if (!result.passed) throw RunError(result.text);
  }
  if (!outcome.interrupted) return 0;
  throw RunError(job.verb + " was interrupted" + ended_by() + " before it was done; start it again");
}

}  // namespace lf::cli
