// `verify`: runs the checks one by one and reports the largest error.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/errors.h"
#include "base/printed.h"
#include "jobs/job.h"
#include "jobs/networks/verification.h"

namespace lf::jobs {
namespace {

std::string row_line(const VerifyRow& row, size_t width) {
  const std::string numbers =
      printed("  %9.2e  (≤ %.0e)  %s", row.max_rel, row.tolerance, row.ok ? "ok" : "FAILED");
  return row.quantity + std::string(width - row.quantity.size(), ' ') + numbers +
         (row.note.empty() ? "" : "  " + row.note);
}

std::string row_json(const VerifyRow& row) {
  nlohmann::ordered_json json{
      {"quantity", row.quantity}, {"max_rel", row.max_rel}, {"tolerance", row.tolerance}, {"ok", row.ok}};
  if (!row.note.empty()) json["note"] = row.note;
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

class VerifyJob : public SlicedJob {
 public:
  explicit VerifyJob(const VerifyCommand& command) {
    steps_ = command.vae.empty()
                 ? dit_verification(command.dit, command.vectors, command.heads, command.raw, notes_)
                 : kl_verification(command.vae, command.vectors, command.raw, notes_);
  }

  std::string name() const override { return "verifying against reference vectors"; }
  bool advance() override {
    if (next_ < steps_.size()) steps_[next_++](rows_);
    return next_ < steps_.size();
  }
  double progress() const override { return static_cast<double>(next_) / static_cast<double>(steps_.size()); }

  JobResult finish() override {
    JobResult result;
    result.verb = "verify";
    size_t width = 0, failed = 0;
    for (const auto& row : rows_) width = std::max(width, row.quantity.size());
    for (const auto& row : rows_) {
      result.table.push_back(row_line(row, width));
      result.json.push_back(row_json(row));
      failed += !row.ok;
    }
    for (const auto& note : notes_) result.table.push_back(note);
    result.passed = failed == 0;
    const auto total = std::to_string(rows_.size());
    result.text = failed == 0 ? "all " + total + " quantities agree with the reference"
                              : std::to_string(failed) + " of " + total +
                                    " quantities differ from the reference by more than their tolerance";
    result.table.push_back(result.text);
    return result;
  }

 private:
  std::vector<VerifyStep> steps_;
  std::vector<VerifyRow> rows_;
  std::vector<std::string> notes_;
  size_t next_ = 0;
};

}  // namespace

std::unique_ptr<SlicedJob> make_verify_job(const VerifyCommand& command) {
  if (command.dit.empty() == command.vae.empty())
    throw InputError("verify needs one of dit=WEIGHTS and vae=WEIGHTS");
  if (command.vectors.empty()) throw InputError("verify needs vectors=FILE, the numbers to compare with");
  return std::make_unique<VerifyJob>(command);
}

}  // namespace lf::jobs
