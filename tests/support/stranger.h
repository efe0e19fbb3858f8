// Damaged files of tensors: valid safetensors with wrong content.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "base/errors.h"
#include "files/tensors/safetensors.h"

namespace lf {

/// Damages files of tensors at one to three places; the same seed gives the same damage.
class Stranger {
 public:
  /// Only tensors whose names begin with `prefix` are damaged, and texts if it is empty.
  explicit Stranger(uint64_t seed, std::string prefix = "") : random_(seed), prefix_(std::move(prefix)) {}

  files::Safetensors damage(files::Safetensors file) {
    for (auto& [name, tensor] : file.tensors) own(tensor);
    for (int64_t places = 1 + below(3); places > 0; --places) {
      const bool text = prefix_.empty() && !file.metadata.empty() && below(3) == 0;
      text ? damage_text(file.metadata) : damage_tensor(file.tensors);
    }
    return file;
  }

 private:
  using Tensors = std::map<std::string, files::TensorBytes>;

  int64_t below(int64_t limit) { return static_cast<int64_t>(random_() % static_cast<uint64_t>(limit)); }
  template <class T>
  const T& one_of(const std::vector<T>& all) {
    return all[static_cast<size_t>(below(static_cast<int64_t>(all.size())))];
  }

  static void own(files::TensorBytes& tensor) {
    if (!tensor.borrowed.owner) return;
    tensor.bytes.assign(tensor.borrowed.data, tensor.borrowed.data + tensor.borrowed.size);
    tensor.borrowed = {};
  }

  /// Resizes the bytes to shape and type.
  static void fit(files::TensorBytes& tensor) {
    size_t n = files::dtype_size(tensor.dtype);
    for (const int64_t extent : tensor.shape) n *= static_cast<size_t>(extent);
    tensor.bytes.resize(n, 1);
  }

  void damage_tensor(Tensors& tensors) {
    std::vector<std::string> names;
    for (const auto& [name, tensor] : tensors) {
      if (name.rfind(prefix_, 0) == 0) names.push_back(name);
    }
    if (names.empty()) return;
    const std::string& name = one_of(names);
    files::TensorBytes& tensor = tensors.at(name);
    switch (below(7)) {
      case 0:
        tensors.erase(name);
        return;
      case 1:
        tensors[name + one_of<std::string>({"x", ".0", "", "\n", ".weight"})] = tensor;
        if (below(2)) tensors.erase(name);
        return;
      case 2:
        tensor.dtype = one_of<std::string>({"F32", "F64", "F16", "BF16", "F8_E4M3", "F8_E5M2", "I64", "I32",
                                            "I16", "I8", "U64", "U8", "BOOL"});
        return fit(tensor);
      case 3:
        tensor = tensors.at(one_of(names));
        return;
      case 4:
        return reshape(tensor);
      default:
        return renumber(tensor);
    }
  }

  void reshape(files::TensorBytes& tensor) {
    auto& shape = tensor.shape;
    const auto size =
        static_cast<int64_t>(tensor.bytes.size() / std::max<size_t>(1, files::dtype_size(tensor.dtype)));
    switch (below(5)) {
      case 0:
        shape = {size};
        return;
      case 1:
        std::reverse(shape.begin(), shape.end());
        return;
      case 2:
        shape.insert(shape.begin() + below(static_cast<int64_t>(shape.size()) + 1), 1);
        return;
      case 3:
        shape = std::vector<int64_t>(static_cast<size_t>(below(2) ? 40 : 0), 1);
        return fit(tensor);
      default:
        if (shape.empty()) return;
        shape[static_cast<size_t>(below(static_cast<int64_t>(shape.size())))] =
            one_of<int64_t>({0, 1, 2, 3, 64, 257});
        return fit(tensor);
    }
  }

  /// Replaces some elements by NaN, too large values or values of the wrong sign.
  void renumber(files::TensorBytes& tensor) {
    const size_t width = files::dtype_size(tensor.dtype);
    const size_t n = tensor.bytes.size() / width;
    if (n == 0) return;
    const double inf = std::numeric_limits<double>::infinity();
    for (int64_t places = 1 + below(4); places > 0; --places) {
      uint8_t* at = tensor.bytes.data() + width * static_cast<size_t>(below(static_cast<int64_t>(n)));
      const double number = one_of<double>({std::nan(""), inf, -inf, 3e38, -1, 0, 1e-40, 1e300, 7.5});
      const auto single = static_cast<float>(number);
      const int64_t integer =
          one_of<int64_t>({-1, 0, 1, 10, 255, 1LL << 31, INT64_MAX, INT64_MIN, INT64_MAX / 2});
      if (tensor.dtype == "F32") {
        std::memcpy(at, &single, sizeof single);
      } else if (tensor.dtype == "F64") {
        std::memcpy(at, &number, sizeof number);
      } else {
        std::memcpy(at, &integer, width);
      }
    }
  }

  void damage_text(std::map<std::string, std::string>& texts) {
    auto found = texts.begin();
    std::advance(found, below(static_cast<int64_t>(texts.size())));
    std::string& text = found->second;
    const size_t digit =
        text.find_first_of("0123456789", static_cast<size_t>(below(static_cast<int64_t>(text.size()) + 1)));
    switch (below(4)) {
      case 0:
        texts.erase(found);
        return;
      case 1:
        text = one_of<std::string>({"", "-1", "nan", "1e999", "[]", "{}", "null", "\"", "{\"flow.width\":7}",
                                    "99999999999999999999"});
        return;
      case 2:
        text.resize(static_cast<size_t>(below(static_cast<int64_t>(text.size()) + 1)));
        return;
      default:
        if (digit == std::string::npos) return;
        const size_t end = std::min(text.find_first_not_of("0123456789.", digit), text.size());
        text.replace(digit, end - digit,
                     one_of<std::string>({"0", "-1", "1", "3", "48", "2048", "1e9", "on", "dit", "off"}));
    }
  }

  std::mt19937_64 random_;
  std::string prefix_;
};

/// Runs `use` on damaged files: it returns, or throws an InputError or RunError of one line.
/// Returns how many were rejected.
inline int refused_of(const std::function<void()>& use) {
  try {
    use();
    return 0;
  } catch (const InputError& error) {
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
  } catch (const RunError& error) {
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
  }
  return 1;
}

/// Passes `files` damaged copies of `sound` to `use`, one after the other; returns how many were
/// rejected.
inline int refused_copies(const files::Safetensors& sound, Stranger stranger, int files,
                          const std::function<void(const files::Safetensors&)>& use) {
  int refused = 0;
  for (int i = 0; i < files; ++i) {
    SCOPED_TRACE("file " + std::to_string(i));
    const files::Safetensors damaged = stranger.damage(sound);
    refused += refused_of([&] { use(damaged); });
  }
  return refused;
}

}  // namespace lf
