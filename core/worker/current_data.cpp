#include "worker/current_data.h"

namespace lf::worker {

void CurrentData::adopt(std::shared_ptr<const files::Dataset> dataset, data::DataTensors data) {
  dataset_ = std::move(dataset);
  data_ = std::move(data);
}

const data::DataTensors* CurrentData::data_of(const std::string& model_digest) const {
  const bool own = dataset_ && (model_digest.empty() || model_digest == dataset_->digest);
  return own ? &data_ : nullptr;
}

void CurrentData::choose_judge(const std::string& model_digest) {
  judges_.refresh();
  judge_ = judges_.find(dataset_ ? dataset_->digest : model_digest);
  judge_problem_ = judge_ || !dataset_ ? "" : judges_.why_none(*dataset_);
}

std::string CurrentData::data_words(const std::string& model_digest, const std::string& model_data) const {
  if (!dataset_) return "";
  if (model_digest.empty() || model_digest == dataset_->digest) return dataset_->name;
  return dataset_->name + " (the model learned from " + model_data + ")";
}

}  // namespace lf::worker
