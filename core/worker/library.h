// The digits in use and the judge that belongs to them.
#pragma once

#include <memory>
#include <string>

#include "api/experiment.h"
#include "data/data_tensors.h"
#include "files/idx/image_set.h"
#include "library/judge_shelf.h"

namespace lf {

class Library {
 public:
  explicit Library(const ExperimentOptions& options)
      : judges_({options.judge, options.judges, options.assets}) {}

  /// Null before digits are read, and where none could be.
  const std::shared_ptr<const Dataset>& dataset() const { return dataset_; }
  /// The same as tensors; stays where it is, so that what learns from it may refer to it.
  const DataTensors& data() const { return data_; }
  void adopt(std::shared_ptr<const Dataset> dataset, DataTensors data);

  JudgeShelf& judges() { return judges_; }
  const JudgeShelf& judges() const { return judges_; }
  /// The judge in use: of these digits, or before they are read of the model's; null where there is none.
  const std::shared_ptr<const Judge>& judge() const { return judge_; }
  /// Why there is none for the digits in use.
  const std::string& judge_problem() const { return judge_problem_; }
  /// Looks for the judge of the digits in use; before they are read, `model_digest` decides.
  void choose_judge(const std::string& model_digest);

  /// The name of the digits in use; says so where a model learned from others. "" where there are none.
  std::string data_words(const std::string& model_digest, const std::string& model_data) const;

 private:
  std::shared_ptr<const Dataset> dataset_;
  DataTensors data_;
  JudgeShelf judges_;
  std::shared_ptr<const Judge> judge_;
  std::string judge_problem_;
};

}  // namespace lf
