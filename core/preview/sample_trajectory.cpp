#include "preview/sample_trajectory.h"

#include <charconv>

#include "files/atomic_write.h"
#include "models/autoencoder.h"

namespace lf::preview {
namespace {

void append(std::string& text, double value) {
  char digits[40];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  text.append(digits, end);
}

/// The shortest text that reads back as this float.
void append(std::string& text, float value) {
  char digits[40];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  text.append(digits, end);
}

}  // namespace

void TrajectoryTable::add(const flow::Trajectory& path, const at::Tensor& labels, int64_t first) {
  const int64_t count = labels.size(0);
  std::vector<at::Tensor> states;
  for (const at::Tensor& x : path.x)
    states.push_back(x.to(at::kFloat).reshape({count, models::kLatentSize}).contiguous());
  for (int64_t i = 0; i < count; ++i) {
    for (size_t s = 0; s < states.size(); ++s) {
      rows_ += std::to_string(first + i) + "," + std::to_string(labels[i].item<int64_t>()) + "," +
               std::to_string(s) + ",";
      append(rows_, path.t[s]);
      const float* z = states[s].data_ptr<float>() + i * models::kLatentSize;
      for (int64_t d = 0; d < models::kLatentSize; ++d) {
        rows_ += ",";
        append(rows_, z[d]);
      }
      rows_ += "\n";
    }
  }
}

void TrajectoryTable::write(const std::string& path) const {
  std::string head = "digit,label,step,t";
  for (int64_t d = 0; d < models::kLatentSize; ++d) head += ",z" + std::to_string(d);
  files::write_file_atomically(path, head + "\n" + rows_);
}

}  // namespace lf::preview
