#include "worker/publisher.h"

#include <algorithm>

#include "base/clock.h"
#include "run/folder.h"
#include "run/list/trash.h"

namespace lf::worker {
namespace {

/// A copy of a block, to be changed and published in its place.
template <class Block>
std::shared_ptr<Block> copy_of(const std::shared_ptr<const Block>& block) {
  return std::make_shared<Block>(*block);
}

bool drop_part(std::vector<Substitute>& all, const std::string& part) {
  const auto gone =
      std::remove_if(all.begin(), all.end(), [&](const Substitute& one) { return one.part == part; });
  const bool found = gone != all.end();
  all.erase(gone, all.end());
  return found;
}

}  // namespace

void Publisher::log(LogLevel level, const std::string& text) {
  auto block = copy_of(state_.log);
  block->lines.push_back({seconds_since(born_), level, text});
  state_.log = block;
}

void Publisher::warn_once(const std::string& line) {
  if (skipped_.insert(line).second) log(LogLevel::Warning, line);
}

/// A tool that follows t, or a dragged handle, sends many commands per second. Only the last of
/// consecutive ones is kept: otherwise the log would grow while t plays, and hide everything else.
void Publisher::log_command(const Command& command) {
  const bool chatter = std::holds_alternative<BrowseCommand>(command.what) ||
                       std::holds_alternative<ListRunsCommand>(command.what);
  if (chatter) return;
  const auto* lab = std::get_if<LabCommand>(&command.what);
  const std::string tool = lab ? lab->tool : "";
  if (!tool.empty() && tool == last_tool_) {
    const auto& lines = state_.log->lines;
    if (!lines.empty() && lines.back().text == command_lines_.back()) {
      auto block = copy_of(state_.log);
      block->lines.pop_back();
      state_.log = block;
    }
    command_lines_.pop_back();
  }
  last_tool_ = tool;
  command_lines_.push_back(format_command(command));
  log(LogLevel::Command, command_lines_.back());
}

void Publisher::add_result(JobResult result) {
  auto block = copy_of(state_.results);
  result.number = block->results.size() + 1;
  log(LogLevel::Info, result.text);
  block->results.push_back(std::move(result));
  state_.results = block;
}

void Publisher::note_saved(const std::string& path) {
  auto notice = copy_of(state_.notice);
  ++notice->saves;
  notice->saved = path;
  state_.notice = notice;
}

void Publisher::mark_finished() {
  auto notice = copy_of(state_.notice);
  notice->finished = true;
  state_.notice = notice;
}

void Publisher::tell_error(const std::string& what, bool was_input, bool offers_lower_rate) {
  log(LogLevel::Error, what);
  auto notice = copy_of(state_.notice);
  ++notice->errors;
  notice->error = what;
  notice->error_was_input = was_input;
  notice->offers_lower_rate = offers_lower_rate;
  state_.notice = notice;
}

void Publisher::forget_error() {
  if (state_.notice->error.empty()) return;
  auto notice = copy_of(state_.notice);
  notice->error.clear();
  notice->offers_lower_rate = false;
  state_.notice = notice;
}

void Publisher::tell_substitute(const std::string& part, const std::string& text) {
  const auto& told = state_.notice->substitutes;
  const bool known = std::any_of(told.begin(), told.end(),
                                 [&](const Substitute& one) { return one.part == part && one.text == text; });
  if (known) return;
  if (options_.falls_back)
    tell_error(text, true);
  else
    log(LogLevel::Warning, text);
  auto notice = copy_of(state_.notice);
  drop_part(notice->substitutes, part);
  notice->substitutes.push_back({part, text, ++substitutes_told_});
  state_.notice = notice;
}

void Publisher::forget_substitute(const std::string& part) {
  auto notice = copy_of(state_.notice);
  if (drop_part(notice->substitutes, part)) state_.notice = notice;
}

void Publisher::show_substitute_again(const std::string& part) {
  auto notice = copy_of(state_.notice);
  for (Substitute& one : notice->substitutes)
    if (one.part == part) one.number = ++substitutes_told_;
  state_.notice = notice;
}

void Publisher::list_runs(const std::string& current) {
  if (!options_.previews) return;
  auto runs = copy_of(state_.runs);
  runs->root = options_.runs;
  std::vector<std::string> skipped;
  runs->runs = lf::run::list_runs(options_.runs, current, &skipped, &summaries_);
  runs->trash = lf::run::list_trash(options_.runs);
  for (const RunSummary& run : runs->runs)
    if (!run.label_problem.empty()) warn_once("a label cannot be read: " + run.label_problem);
  for (const std::string& line : skipped) warn_once("not listed under Runs: " + line);
  state_.runs = runs;
}

void Publisher::note_deleted(const std::string& place) {
  auto runs = copy_of(state_.runs);
  runs->last_deleted = place;
  state_.runs = runs;
}

}  // namespace lf::worker
