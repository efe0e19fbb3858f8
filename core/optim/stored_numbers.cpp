#include "optim/stored_numbers.h"

#include "base/errors.h"

namespace lf::optim {
namespace {

[[noreturn]] void refuse(const std::string& file, const std::string& name, const std::string& why) {
  throw InputError(file + ": the training state " + name + " " + why +
                   "; train again, or open only the model");
}

/// (count) of the requested type.
template <class T>
std::vector<T> stored(const std::map<std::string, at::Tensor>& tensors, const std::string& name,
                      int64_t count, at::ScalarType type, const std::string& file) {
  const auto found = tensors.find(name);
  if (found == tensors.end() || found->second.numel() != count || found->second.scalar_type() != type)
    refuse(file, name, "is missing or has another size or type");
  const at::Tensor plain = found->second.cpu().contiguous();
  return {plain.const_data_ptr<T>(), plain.const_data_ptr<T>() + count};
}

}  // namespace

std::vector<int64_t> stored_integers(const std::map<std::string, at::Tensor>& tensors,
                                     const std::string& name, int64_t count, int64_t most,
                                     const std::string& file) {
  const auto values = stored<int64_t>(tensors, name, count, at::kLong, file);
  for (const int64_t value : values) {
    if (value < 0 || value > most) refuse(file, name, "cannot be " + std::to_string(value));
  }
  return values;
}

std::vector<double> stored_doubles(const std::map<std::string, at::Tensor>& tensors, const std::string& name,
                                   int64_t count, const std::string& file) {
  return stored<double>(tensors, name, count, at::kDouble, file);
}

}  // namespace lf::optim
