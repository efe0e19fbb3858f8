#include "data/download.h"

#include <algorithm>
#include <cstdlib>

#include "base/errors.h"

namespace lf::data {

std::vector<std::string> default_mirrors() {
  const char* named = std::getenv("LATENTFLOW_MIRRORS");
  const std::string list = named && *named ? named
                                           : "https://ossci-datasets.s3.amazonaws.com/mnist "
                                             "https://storage.googleapis.com/cvdf-datasets/mnist";
  std::vector<std::string> mirrors;
  for (size_t at = 0; at < list.size();) {
    const size_t end = std::min(list.find_first_of(" ,\t\n", at), list.size());
    if (end > at) mirrors.push_back(list.substr(at, end - at));
    at = end + 1;
  }
  return mirrors;
}

}  // namespace lf::data

#ifdef LF_HAVE_CURL
#include <chrono>
#include <optional>
#include <utility>

#include "base/paths.h"
#include "data/part_file.h"
#include "data/transfer.h"
#include "data/verifier.h"

namespace lf::data {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

void check(const DownloadPlan& plan) {
  if (plan.mirrors.empty()) throw InputError("cannot download: no mirror is named in LATENTFLOW_MIRRORS");
  for (const std::string& mirror : plan.mirrors) {
    if (mirror.rfind("http://", 0) == 0 || mirror.rfind("https://", 0) == 0) continue;
    throw InputError("cannot download from '" + mirror + "': a mirror begins with http:// or https://");
  }
  const std::string why = make_folders(plan.folder);
  if (!why.empty()) throw RunError("cannot make the folder '" + plan.folder.string() + "': " + why);
}

}  // namespace

/// The state: the file, the mirror, and whether its bytes are being transferred or verified.
struct Download::Job {
  explicit Job(DownloadPlan p) : plan(std::move(p)) {
    check(plan);
    settle();
  }

  const IdxFileSpec& spec() const { return plan.files[file]; }
  fs::path target() const { return plan.folder / (spec().name + ".gz"); }
  fs::path part_path() const { return plan.folder / (spec().name + ".gz.part"); }
  std::string url() const {
    const std::string& base = plan.mirrors[mirror];
    return base + (base.back() == '/' ? "" : "/") + spec().name + ".gz";
  }

  /// Skips files that are already there; ends if all are.
  void settle() {
    while (file < plan.files.size() && find_idx_file(plan.folder, spec().name)) {
      finished_bytes += file_bytes(*find_idx_file(plan.folder, spec().name));
      ++file;
    }
    if (file == plan.files.size()) state = DownloadState::kDone;
  }

  /// One step of at most about `ms` milliseconds.
  void step(int ms) {
    if (verifier) return verify();
    if (!part) part.emplace(part_path());
    if (!transfer) {
      transfer.emplace(
          url(), *part,
          TransferLimits{plan.connect_seconds, plan.stall_seconds, plan.max_file_bytes, plan.certificates});
    }
    const auto result = transfer->poll(ms);
    if (result == Transfer::Result::kMore) return;
    continued = transfer->resumed();
    const bool useless = transfer->part_useless();
    const std::string why = transfer->why();
    transfer.reset();
    if (result == Transfer::Result::kDone) {
      verifier.emplace(*part, spec());
    } else {
      give_up(why, useless);
    }
  }

  void verify() {
    const auto result = verifier->step();
    if (result == Verifier::Result::kMore) return;
    const std::string why = verifier->why();
    verifier.reset();
    if (result == Verifier::Result::kMismatch) return give_up(why, true);
    part->rename_to(target());
    part.reset();
    tries = 0;
    reason.clear();
    settle();
  }

  /// Handles a failed attempt. If the partial file may be the cause, it is emptied (a wrong file
  /// must be neither used nor continued) and the same mirror is asked once more for the whole file;
  /// else the next mirror is used.
  void give_up(const std::string& why, bool part_to_blame) {
    reason = url() + ": " + why;
    if (part_to_blame) part->clear();
    if (part_to_blame && std::exchange(continued, false)) return;
    mirror = (mirror + 1) % plan.mirrors.size();
    if (++tries < plan.mirrors.size()) return;
    fail("cannot download " + spec().name + ".gz from any of " + std::to_string(plan.mirrors.size()) +
         " mirror(s), the last: " + reason + "; try again later or name a folder with --data");
  }

  void fail(const std::string& why) {
    reason = why;
    end(DownloadState::kFailed);
  }

  /// Closes the connection and the partial file; its bytes stay for the next time.
  void end(DownloadState how) {
    state = how;
    transfer.reset();
    verifier.reset();
    part.reset();
  }

  DownloadPlan plan;
  DownloadState state = DownloadState::kRunning;
  size_t file = 0, mirror = 0;  ///< the mirror that served one file is used first for the next
  size_t tries = 0;             ///< mirrors that failed for the current file
  bool continued = false;       ///< the last attempt continued an earlier partial file
  uint64_t finished_bytes = 0;
  std::string reason;
  std::optional<PartFile> part;  // must outlive the members below that use it
  std::optional<Transfer> transfer;
  std::optional<Verifier> verifier;
};

bool download_available() { return true; }

Download::Download(DownloadPlan plan) : job_(std::make_unique<Job>(std::move(plan))) {}
Download::~Download() = default;

bool Download::poll(int max_ms) {
  const auto deadline = Clock::now() + std::chrono::milliseconds(max_ms);
  try {
    do {
      if (job_->state != DownloadState::kRunning) return false;
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
      job_->step(int(std::max<long>(left, 0)));
    } while (Clock::now() < deadline);
  } catch (const std::exception& error) {  // most likely the disk
    job_->fail(error.what());
  }
  return job_->state == DownloadState::kRunning;
}

DownloadProgress Download::progress() const {
  const Job& job = *job_;
  DownloadProgress progress{job.state, job.finished_bytes, job.finished_bytes, {}, {}, job.reason};
  if (job.state == DownloadState::kDone) return progress;
  progress.file = job.spec().name;
  progress.mirror = job.plan.mirrors[job.mirror];
  const uint64_t left_there = file_bytes(job.part_path());
  progress.done_bytes += job.part ? job.part->size() : left_there;
  for (size_t i = job.file; i < job.plan.files.size(); ++i)
    progress.total_bytes += job.plan.files[i].gz_bytes;
  return progress;
}

void Download::cancel() {
  if (job_->state == DownloadState::kRunning) job_->end(DownloadState::kCancelled);
}

}  // namespace lf::data

#else

namespace lf::data {

struct Download::Job {};
bool download_available() { return false; }
Download::Download(DownloadPlan) {
  throw RunError(
      "cannot download: this build has no libcurl (configure with -DLATENTFLOW_DOWNLOAD=ON, or name a folder "
      "with "
      "--data)");
}
Download::~Download() = default;
bool Download::poll(int) { return false; }
DownloadProgress Download::progress() const { return {}; }
void Download::cancel() {}

}  // namespace lf::data
#endif
