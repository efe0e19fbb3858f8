// `import-run`: a run folder from another machine is checked, then copied to the runs folder.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/errors.h"
#include "base/paths.h"
#include "files/atomic_write.h"
#include "files/folder_lock.h"
#include "jobs/job.h"
#include "jobs/run_check.h"
#include "protocol/run_filter.h"
#include "run/folder.h"
#include "run/list/summary.h"
#include "run/order.h"

namespace lf::jobs {
namespace {

namespace fs = std::filesystem;

constexpr size_t kPiece = 4 << 20;         ///< bytes copied in one slice
constexpr const char* kAside = ".import";  ///< folder of runs that are not complete yet

/// The incomplete copy of a run, removed unless it is kept. One program at a time has one.
class IncompleteRun {
 public:
  explicit IncompleteRun(const fs::path& root) : folder_(root / kAside) {
    if (is_link(folder_))
      throw InputError("import-run: " + folder_.string() + " is a link to another place; remove it");
    const std::string why = make_folders(folder_);
    if (!why.empty()) throw RunError("cannot make " + folder_.string() + ": " + why);
    lock_ = files::FolderLock::take(folder_);
    remove_tree(run());  // of a killed program
    const std::string failed = make_folders(run());
    if (!failed.empty()) throw RunError("cannot make " + run().string() + ": " + failed);
  }
  ~IncompleteRun() { remove_tree(folder_); }
  IncompleteRun(const IncompleteRun&) = delete;
  IncompleteRun& operator=(const IncompleteRun&) = delete;

  fs::path run() const { return folder_ / "run"; }

 private:
  fs::path folder_;
  std::shared_ptr<files::FolderLock> lock_;
};

/// A name under `root` that is not taken, like that of the source.
fs::path free_place(const fs::path& root, std::string name) {
  name.erase(0, name.find_first_not_of('.'));
  if (name.empty()) name = "imported";
  constexpr int kMostOfOneName = 1000;
  for (int i = 1; i < kMostOfOneName; ++i) {
    const fs::path place = root / (i == 1 ? name : name + "-" + std::to_string(i));
    if (!path_exists(place) && !is_link(place)) return place;
  }
  throw RunError("import-run: all names like " + name + " are taken in " + root.string());
}

class ImportJob : public SlicedJob {
 public:
  ImportJob(const std::string& folder, const std::string& root)
      : source_(without_slash(resolved_path(folder))), root_(root), check_(source_) {
    if (same_place(source_.parent_path(), root_))
      throw InputError("import-run: " + source_.string() + " is among your runs already");
    if (files::FolderLock::held_elsewhere(source_))
      throw InputError("import-run: another program trains in " + source_.string() +
                       "; wait until it has ended");
  }

  std::string name() const override { return "importing " + source_.filename().string(); }

  double progress() const override {
    const auto whole = static_cast<double>(std::max<int64_t>(1, check_.bytes()));
    return 0.5 * check_.progress() + 0.5 * static_cast<double>(copied_) / whole;
  }

  bool advance() override {
    if (check_.advance()) return true;
    if (!copy_) copy_ = std::make_unique<IncompleteRun>(root_);
    return copy_piece();
  }

  JobResult finish() override {
    run::number_run(copy_->run(), root_);
    const fs::path place = free_place(root_, source_.filename().string());
    const std::string why = rename_path(copy_->run(), place);
    if (!why.empty()) throw RunError("import-run: cannot make " + place.string() + ": " + why);
    copy_.reset();
    JobResult result;
    result.verb = "import-run";
    result.paths = {place.string()};
    result.text = "imported " + place.filename().string() + ", " + bytes_text(run::run_bytes(place)) + ": " +
                  check_.summary();
    result.table = {result.text};
    return result;
  }

 private:
  /// The next piece of the current file; false after the last file.
  bool copy_piece() {
    if (next_ >= check_.files().size()) return false;
    const fs::path& name = check_.files()[next_];
    if (!in_.is_open()) begin_file(name);
    std::vector<char> piece(kPiece);
    in_.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto got = static_cast<size_t>(in_.gcount());
    out_->write(piece.data(), got);
    copied_ += static_cast<int64_t>(got);
    if (in_) return true;
    end_file(name);
    return true;
  }

  void begin_file(const fs::path& name) {
    const fs::path target = copy_->run() / name;
    const std::string why = make_folders(target.parent_path());
    if (!why.empty()) throw RunError("cannot make " + target.parent_path().string() + ": " + why);
    in_.open(source_ / name, std::ios::binary);
    if (!in_) throw InputError("import-run: cannot read " + (source_ / name).string());
    out_ = std::make_unique<files::AtomicFile>(target);
  }

  void end_file(const fs::path& name) {
    const bool complete = in_.eof();
    in_.close();
    in_.clear();
    out_->commit();
    out_.reset();
    if (!complete || file_bytes(source_ / name) != file_bytes(copy_->run() / name))
      throw InputError("import-run: " + (source_ / name).string() +
                       " changed or could not be read to its end; import the run again");
    ++next_;
  }

  fs::path source_, root_;
  RunCheck check_;
  std::unique_ptr<IncompleteRun> copy_;
  std::ifstream in_;
  std::unique_ptr<files::AtomicFile> out_;  // ends before copy_, in whose folder its temporary file is
  size_t next_ = 0;
  int64_t copied_ = 0;
};

}  // namespace

std::unique_ptr<SlicedJob> make_import_job(const ImportRunCommand& command, const std::string& runs) {
  return std::make_unique<ImportJob>(command.folder, runs);
}

}  // namespace lf::jobs
