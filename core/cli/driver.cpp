#include "cli/driver.h"

#include <algorithm>

#include "base/errors.h"

namespace lf::cli {
namespace {

constexpr std::chrono::milliseconds kLookInterval{100};

}  // namespace

Driver::Driver(std::unique_ptr<Workload> workload, Progress& progress)
    : workload_(std::move(workload)), progress_(progress) {
  if (!workload_) throw RunError("the core library made no experiment; build it again with ./dev build");
}

Driver::~Driver() {
  progress_.close();
  if (ended_) return;
  try {
    workload_->finish();
  } catch (...) {
    // Another exception is already being thrown; this one would hide it.
  }
}

/// Calls f; its exceptions are also reported to the workload, which may then still save its state.
template <class F>
auto Driver::guarded(F f) {
  try {
    return f();
  } catch (const std::exception& error) {
    workload_->report_error(error.what());
    throw;
  }
}

void Driver::apply(const Command& command) {
  guarded([&] { workload_->apply(command); });
}

const Snapshot& Driver::look() {
  Snapshot fresh;
  workload_->describe(fresh);
  snapshot_ = std::move(fresh);
  next_look_ = std::chrono::steady_clock::now() + kLookInterval;
  throw_new_error();
  progress_.show(snapshot_);
  return snapshot_;
}

void Driver::throw_new_error() {
  const auto& notice = *snapshot_.notice;
  if (notice.errors <= errors_seen_) return;
  errors_seen_ = notice.errors;
  if (notice.error_was_input) throw InputError(notice.error);
  throw RunError(notice.error);
}

bool Driver::turn() {
  const bool more = !workload_->finished() && guarded([&] { return workload_->advance(); });
  if (!more || std::chrono::steady_clock::now() >= next_look_) look();
  return more;
}

void Driver::load() {
  look();
  while (snapshot_.run->phase == Phase::Loading && !interrupted() && turn()) {
  }
}

bool Driver::has_result(const std::string& verb) const {
  const auto& results = snapshot_.results->results;
  return std::any_of(results.begin(), results.end(), [&](const JobResult& result) {
    return result.number > results_seen_ && result.verb == verb;
  });
}

void Driver::work_until(const std::string& verb) {
  look();
  while (!has_result(verb) && !interrupted() && turn()) {
  }
}

void Driver::quit() {
  apply(QuitCommand{});
  while (turn()) {
  }
  ended_ = true;
  workload_->finish();
  look();
  progress_.close();
}

std::vector<JobResult> Driver::new_results() {
  std::vector<JobResult> fresh;
  for (const auto& result : snapshot_.results->results) {
    if (result.number > results_seen_) fresh.push_back(result);
  }
  for (const auto& result : fresh) results_seen_ = std::max(results_seen_, result.number);
  return fresh;
}

}  // namespace lf::cli
