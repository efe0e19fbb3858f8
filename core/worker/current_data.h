// The current digits and their judge.
#pragma once

#include <memory>
#include <string>

#include "api/experiment.h"
#include "data/data_tensors.h"
#include "files/idx/image_set.h"
#include "library/judge_shelf.h"

namespace lf::worker {

class CurrentData {
 public:
  explicit CurrentData(const ExperimentOptions& options)
      : judges_({options.judge, options.judges, options.assets}) {}

  /// Null before digits are read, and if none could be read.
  const std::shared_ptr<const files::Dataset>& dataset() const { return dataset_; }
  /// The same as tensors, at a fixed address, so that trainers may refer to it.
  const data::DataTensors& data() const { return data_; }
  /// The digits in use if a model of `model_digest` was trained on them, or on none yet; else null.
  const data::DataTensors* data_of(const std::string& model_digest) const;
  void adopt(std::shared_ptr<const files::Dataset> dataset, data::DataTensors data);

  library::JudgeShelf& judges() { return judges_; }
  const library::JudgeShelf& judges() const { return judges_; }
  /// The current judge: of these digits, or before they are read of the model's; null if there is
  /// none.
  const std::shared_ptr<const metrics::Judge>& judge() const { return judge_; }
  /// Why the current digits have none.
  const std::string& judge_problem() const { return judge_problem_; }
  /// Finds the judge of the current digits; before they are read, `model_digest` decides.
  void choose_judge(const std::string& model_digest);

  /// The name of the current digits; says so if a model was trained on others. "" if there are
  /// none.
  std::string data_words(const std::string& model_digest, const std::string& model_data) const;

 private:
  std::shared_ptr<const files::Dataset> dataset_;
  data::DataTensors data_;
  library::JudgeShelf judges_;
  std::shared_ptr<const metrics::Judge> judge_;
  std::string judge_problem_;
};

}  // namespace lf::worker
