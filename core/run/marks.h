// The marks of a run: its weights after some of the flow's steps, kept for looking back at them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "inference/model.h"

namespace lf::run {

/// The first step after `step` at which a run of `planned` steps keeps a mark. Of `marks` in all the k-th
/// is at planned · (k / marks)², because samples change fastest at first; steps beyond the plan follow
/// the same rule. -1 if `marks` is 0.
int64_t next_mark(int64_t step, int64_t planned, int64_t marks);

/// The marks in the folder of a run, as files that are read when they are looked at.
class Marks {
 public:
  /// Their folder in that of the run.
  static constexpr const char* kFolderName = "marks";
  /// The file of a mark in that folder.
  static std::string name_of(int64_t step);

  Marks() = default;
  /// Those that are in the run's folder already.
  explicit Marks(const std::filesystem::path& run_folder);

  /// Ascending flow steps.
  const std::vector<int64_t>& steps() const { return steps_; }
  bool has(int64_t step) const;
  /// Of all of them on the disk.
  int64_t bytes() const;
  /// The last step; -1 without marks.
  int64_t last() const { return steps_.empty() ? -1 : steps_.back(); }

  /// Writes the model's weights as the mark of its flow step. Throws RunError if that is not possible.
  void keep(const inference::Model& model);
  /// Removes the marks after `step`: a run that returns there makes them again.
  void forget_after(int64_t step);
  /// Removes every second mark, but not the first and the last: there is too little space for all.
  void thin_out();
  /// True if `model` has the weights of the mark of its flow step, which is there: the same bytes once they
  /// are rounded to bfloat16. Throws InputError for an unreadable file.
  bool matches(const inference::Model& model) const;
  /// Copies those up to `step` into another run's folder, whose marks they are then. Throws RunError.
  void copy_to(const std::filesystem::path& run_folder, int64_t step) const;
  /// The model of a mark. `run` is the run's model, whose autoencoder it uses if that comes from a file.
  /// Throws InputError that names the file.
  std::unique_ptr<inference::Model> load(int64_t step, const inference::Model& run) const;

 private:
  std::filesystem::path file(int64_t step) const;

  std::filesystem::path folder_;
  std::vector<int64_t> steps_;
};

/// Removes temporary files of marks that a killed program left. Only for the holder of the folder's lock.
void remove_mark_leftovers(const std::filesystem::path& run_folder);

/// Deletes the marks of a run, and their folder if it is then empty.
void remove_marks(const std::filesystem::path& run_folder);

}  // namespace lf::run
