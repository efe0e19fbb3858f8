// Checks a run folder that comes from another machine, file by file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/sliced_work.h"
#include "inference/model.h"
#include "run/marks.h"

namespace lf::jobs {

class RunCheck : public SlicedWork {
 public:
  /// Finds the run's own files. Throws InputError if `folder` is no run, or if one of them is a link.
  explicit RunCheck(std::filesystem::path folder);

  /// Reads one file; false when all are checked. Throws InputError that names a damaged file. A damaged mark
  /// is only left out.
  bool advance() override;
  double progress() const override;

  /// Files to copy, relative to the folder, without damaged marks.
  const std::vector<std::filesystem::path>& files() const { return files_; }
  /// Of these files.
  int64_t bytes() const;
  /// Once checked: "flow step 1,404, trained on MNIST (digest 12ab…), weights as recorded".
  std::string summary() const;

 private:
  enum class Part { Checkpoint, Model, Texts, Marks, Done };

  void find_files();
  void add_folder(const std::string& name, const std::vector<std::string>& endings);
  void check_checkpoint();
  void check_model();
  void check_texts();
  bool check_mark();
  void compare_digest(const inference::Model& model, const std::string& recorded, const std::string& file);

  std::filesystem::path folder_;
  std::vector<std::filesystem::path> files_;
  Part part_ = Part::Checkpoint;
  std::unique_ptr<inference::Model> model_;
  std::string data_name_, data_digest_, digest_words_;
  int64_t flow_steps_ = 0;
  run::Marks marks_;
  size_t mark_ = 0;
  std::vector<int64_t> damaged_marks_;
};

}  // namespace lf::jobs
