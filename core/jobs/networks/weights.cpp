// `info --weights`: examines every tensor of a file, a few at a time, and reports.
#include "base/errors.h"
#include "jobs/job.h"
#include "jobs/networks/weights_info.h"
#include "models/weights/tensor_io.h"

namespace lf::jobs {
namespace {

constexpr size_t kSliceBytes = 16 << 20;

class WeightsInfoJob : public SlicedJob {
 public:
  explicit WeightsInfoJob(const WeightsCommand& command)
      : command_(command),
        files_(command.path),
        names_(models::stored_names(files_)),
        next_(names_.tensors.begin()) {}

  std::string name() const override { return "reading " + command_.path; }

  bool advance() override {
    for (size_t bytes = 0; next_ != names_.tensors.end() && bytes < kSliceBytes; ++next_)
      bytes += look_at(next_->first, next_->second.dtype);
    return next_ != names_.tensors.end();
  }

  double progress() const override {
    return names_.tensors.empty()
               ? 1
               : static_cast<double>(numbers_.size()) / static_cast<double>(names_.tensors.size());
  }

  JobResult finish() override {
    const ChosenNetwork chosen = choose_network(files_, names_, command_.heads, command_.raw);
    JobResult result;
    result.verb = "weights";
    result.table = weights_lines(files_, names_, chosen, numbers_);
    result.text = result.table.front();
    result.json = {weights_json(files_, names_, chosen, numbers_)
                       .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
    return result;
  }

 private:
  /// Computes the tensor's statistics; returns the number of bytes read. An unsupported type has
  /// none.
  size_t look_at(const std::string& name, const std::string& dtype) {
    TensorNumbers& numbers = numbers_[name];
    if (files::dtype_size(dtype) == 0) return 0;
    files::TensorBytes stored = files_.read(name);
    const size_t bytes = stored.size();
    numbers = numbers_of(models::to_tensor(std::move(stored), name));
    return bytes;
  }

  WeightsCommand command_;
  files::WeightFiles files_;
  models::StoredNames names_;
  std::map<std::string, models::StoredNames::Tensor>::const_iterator next_;
  std::map<std::string, TensorNumbers> numbers_;
};

}  // namespace

std::unique_ptr<SlicedJob> make_weights_job(const WeightsCommand& command) {
  return std::make_unique<WeightsInfoJob>(command);
}

}  // namespace lf::jobs
