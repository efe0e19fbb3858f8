// Judge files: safetensors with the weights in float16 and the facts in float64.
#include <ATen/ATen.h>

#include <cstring>

#include "base/classes.h"
#include "base/errors.h"
#include "files/tensors/safetensors.h"
#include "metrics/judge.h"

namespace lf::metrics {
namespace {

constexpr const char* kFormat = "latentflow-judge";
constexpr const char* kVersion = "1";

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& why) {
  throw InputError("cannot use classifier " + file.string() + ": " + why +
                   "; train one with: latentflow judge --out " + file.filename().string());
}

at::ScalarType scalar_type(const std::string& dtype) {
  if (dtype == "F16") return at::kHalf;
  if (dtype == "I64") return at::kLong;
  return at::kDouble;
}

files::TensorBytes to_file(const at::Tensor& tensor, const char* dtype) {
  at::Tensor dense = tensor.to(scalar_type(dtype)).contiguous();
  const auto* bytes = static_cast<const uint8_t*>(dense.const_data_ptr());
  return {dtype, dense.sizes().vec(), {bytes, bytes + dense.nbytes()}};
}

// A tensor of the file with exactly this type and, where given, this shape (-1: any size), all finite.
at::Tensor from_file(const std::filesystem::path& file, const files::Safetensors& content,
                     const std::string& name, const char* dtype, std::vector<int64_t> shape) {
  auto found = content.tensors.find(name);
  if (found == content.tensors.end()) refuse(file, "the tensor '" + name + "' is missing");
  const files::TensorBytes& stored = found->second;
  bool fits = stored.dtype == dtype && stored.shape.size() == shape.size();
  for (size_t i = 0; fits && i < shape.size(); ++i) fits = shape[i] < 0 || stored.shape[i] == shape[i];
  if (!fits) refuse(file, "the tensor '" + name + "' has another type or shape");
  at::Tensor tensor = at::empty(stored.shape, scalar_type(dtype));
  std::memcpy(tensor.mutable_data_ptr(), stored.bytes.data(), stored.bytes.size());
  if (!tensor.isfinite().all().item<bool>())
    refuse(file, "the tensor '" + name + "' holds a value that is not a number");
  return tensor;
}

std::string metadata(const files::Safetensors& content, const std::string& key) {
  auto found = content.metadata.find(key);
  return found == content.metadata.end() ? "" : found->second;
}

void write_facts(files::Safetensors& content, const JudgeFacts& facts) {
  const JudgeCalibration& c = facts.calibration;
  std::vector<double> floors;
  for (const FloorPoint& point : facts.floors) floors.insert(floors.end(), {double(point.count), point.fd});
  content.tensors["train.mean"] = to_file(facts.train.mean, "F64");
  content.tensors["train.covariance"] = to_file(facts.train.covariance, "F64");
  content.tensors["train.count"] = to_file(at::tensor(at::ArrayRef<int64_t>{facts.train.count}), "I64");
  content.tensors["train.label_counts"] =
      to_file(at::tensor(at::ArrayRef<int64_t>(facts.label_counts)), "I64");
  content.tensors["calibration"] =
      to_file(at::tensor(at::ArrayRef<double>{c.test, c.noise_005, c.noise_01, c.blur}, at::kDouble), "F64");
  content.tensors["floors"] =
      to_file(at::tensor(at::ArrayRef<double>(floors), at::kDouble).reshape({-1, 2}), "F64");
  content.tensors["accuracy"] = to_file(at::tensor(at::ArrayRef<double>{facts.accuracy}, at::kDouble), "F64");
  content.metadata["data_digest"] = facts.data_digest;
}

JudgeFacts read_facts(const std::filesystem::path& file, const files::Safetensors& content) {
  JudgeFacts facts;
  auto doubles = [&](const char* name, std::vector<int64_t> shape) {
    return from_file(file, content, name, "F64", shape);
  };
  auto integers = [&](const char* name, int64_t n) { return from_file(file, content, name, "I64", {n}); };
  facts.train = {doubles("train.mean", {kJudgeFeatures}),
                 doubles("train.covariance", {kJudgeFeatures, kJudgeFeatures}),
                 integers("train.count", 1).item<int64_t>()};
  at::Tensor counts = integers("train.label_counts", kClasses), floors = doubles("floors", {-1, 2});
  std::copy_n(counts.const_data_ptr<int64_t>(), kClasses, facts.label_counts.begin());
  at::Tensor calibration = doubles("calibration", {4});
  const double* c = calibration.const_data_ptr<double>();
  facts.calibration = {c[0], c[1], c[2], c[3]};
  for (int64_t i = 0; i < floors.size(0); ++i)
    facts.floors.push_back({static_cast<int64_t>(floors[i][0].item<double>()), floors[i][1].item<double>()});
  facts.accuracy = doubles("accuracy", {1}).item<double>();
  facts.data_digest = metadata(content, "data_digest");
  if (const std::string fault = fault_of(facts); !fault.empty()) refuse(file, fault);
  return facts;
}

}  // namespace

void Judge::save(const std::filesystem::path& file) const {
  files::Safetensors content;
  content.metadata = {{"format", kFormat}, {"version", kVersion}};
  const auto& table = judge_parameters();
  for (size_t i = 0; i < table.size(); ++i) content.tensors[table[i].name] = to_file(parameters_[i], "F16");
  write_facts(content, facts_);
  files::write_safetensors(file, content);
}

Judge Judge::load(const std::filesystem::path& file) {
  files::Safetensors content = files::read_safetensors(file);
  if (metadata(content, "format") != kFormat) refuse(file, "it is not a classifier of this program");
  if (metadata(content, "version") != kVersion) refuse(file, "it was written by another version");
  std::vector<at::Tensor> parameters;
  for (const JudgeParameter& p : judge_parameters())
    parameters.push_back(from_file(file, content, p.name, "F16", p.shape).to(at::kFloat));
  return Judge(std::move(parameters), read_facts(file, content));
}

}  // namespace lf::metrics
