#include "worker/stored_runs.h"

#include <nlohmann/json.hpp>

#include "base/errors.h"
#include "base/paths.h"
#include "base/printed.h"
#include "files/folder_lock.h"
#include "protocol/run_filter.h"
#include "protocol/run_label.h"
#include "run/folder.h"
#include "run/list/label.h"
#include "run/list/trash.h"
#include "run/marks.h"

namespace lf::worker {
namespace {

std::string run_row(const RunSummary& run) {
  const std::string fd = run.fd >= 0 ? printed("%8.2f", run.fd) : "       —";
  const std::string tags = run.label.tags.empty() ? "" : "  [" + tags_text(run.label.tags) + "]";
  const std::string named = run.label.name.empty() ? "" : "  " + run.label.name;
  return (run.label.star ? "* " : "  ") + printed("%-36s ", run.name.c_str()) +
         printed("%-10s %9lld %9s", run.state.c_str(), static_cast<long long>(run.flow_steps),
                 bytes_text(run.bytes).c_str()) +
         fd + named + tags;
}

std::string run_json(const RunSummary& run) {
  const nlohmann::ordered_json object{{"run", run.name},        {"folder", run.folder},
                                      {"name", run.label.name}, {"note", run.label.note},
                                      {"tags", run.label.tags}, {"star", run.label.star},
                                      {"preset", run.preset},   {"data", run.data},
                                      {"state", run.state},     {"started", run.started},
                                      {"seconds", run.seconds}, {"flow_steps", run.flow_steps},
                                      {"fd", run.fd},           {"bytes", run.bytes},
                                      {"marks", run.marks},     {"marks_bytes", run.marks_bytes}};
  return object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void require_run(const std::string& folder, const std::string& verb) {
  if (!run::is_run_folder(folder))
    throw InputError(verb + ": " + folder + " holds no run (no model and no checkpoint)");
}

}  // namespace

bool StoredRuns::is_current(const std::string& folder) const {
  const std::string& current = context_.work.folder;
  return !current.empty() && same_place(folder, current);
}

void StoredRuns::show_list() { context_.publisher.list_runs(context_.work.folder); }

/// A result of one line, which is also in the log.
void StoredRuns::report(const std::string& verb, const std::string& text) {
  JobResult result;
  result.verb = verb;
  result.text = text;
  result.table = {text};
  context_.publisher.add_result(result);
}

void StoredRuns::list(const ListRunsCommand& command) {
  show_list();
  const bool window = context_.options.falls_back;
  if (window) return;
  std::vector<std::string> skipped;
  const std::vector<RunSummary> runs =
      run::list_runs(context_.options.runs, context_.work.folder, &skipped, &context_.publisher.summaries());
  for (const std::string& line : skipped) context_.publisher.warn_once("not listed under Runs: " + line);
  RunFilter filter;
  filter.search = command.search;
  filter.sort = command.sort;
  JobResult result;
  result.verb = "list-runs";
  int64_t bytes = 0;
  const std::vector<size_t> shown = filtered_runs(runs, filter);
  for (const size_t i : shown) {
    result.table.push_back(run_row(runs[i]));
    result.json.push_back(run_json(runs[i]));
    bytes += runs[i].bytes;
    if (!runs[i].label_problem.empty())
      context_.publisher.warn_once("a label cannot be read: " + runs[i].label_problem);
  }
  result.text = std::to_string(shown.size()) + " of " + std::to_string(runs.size()) + " runs, " +
                bytes_text(bytes) + ", in " + context_.options.runs;
  result.table.push_back(result.text);
  context_.publisher.add_result(result);
}

void StoredRuns::move_to_trash(const std::string& folder) {
  if (is_current(folder))
    throw InputError("cannot delete " + folder + ": it is the open run; open another first");
  const std::string place = run::move_to_trash(folder, context_.options.runs).string();
  report("delete-run", "moved " + folder + " to the trash; restore-run " + quoted(place) + " returns it");
  context_.publisher.note_deleted(place);
  show_list();
}

void StoredRuns::restore(const std::string& folder) {
  const std::string place = run::restore_from_trash(folder, context_.options.runs).string();
  report("restore-run", "restored " + place);
  context_.publisher.note_deleted("");
  show_list();
}

void StoredRuns::empty_trash() {
  const run::EmptiedTrash emptied = run::empty_trash(context_.options.runs);
  for (const std::string& kept : emptied.kept)
    context_.publisher.log(LogLevel::Warning, "kept in the trash: " + kept);
  report("empty-trash", "emptied the trash: " + std::to_string(emptied.runs) +
                            (emptied.runs == 1 ? " run, " : " runs, ") + bytes_text(emptied.bytes));
  context_.publisher.note_deleted("");
  show_list();
}

void StoredRuns::label(const LabelRunCommand& command) {
  require_run(command.folder, "label-run");
  check_label_command(command);
  const run::StoredLabel stored = run::read_label(command.folder);
  if (!stored.problem.empty())
    context_.publisher.log(LogLevel::Warning, stored.problem + "; it is kept as " + run::kDamagedLabelName);
  run::write_label(command.folder, changed_label(stored.label, command));
  report("label-run", "labelled " + command.folder);
  show_list();
}

void StoredRuns::thin_marks(const std::string& folder) {
  require_run(folder, "thin-marks");
  run::Marks stored(folder);
  const bool current = is_current(folder);
  run::Marks& marks = current ? context_.work.marks : stored;
  if (!current && files::FolderLock::held_elsewhere(folder))
    throw InputError("thin-marks: another Latent Flow Explorer works in " + folder +
                     "; close that one first");
  const size_t before = marks.steps().size();
  const int64_t bytes = marks.bytes();
  if (before < 3)
    throw InputError("thin-marks: " + folder + " has only " + std::to_string(before) + " marks");
  marks.thin_out();
  if (current) viewer_.lapse().marks_changed();
  const size_t removed = before - marks.steps().size();
  report("thin-marks", "removed " + std::to_string(removed) + " of " + std::to_string(before) + " marks of " +
                           folder + ": " + bytes_text(bytes - marks.bytes()) + " freed");
  show_list();
}

}  // namespace lf::worker
