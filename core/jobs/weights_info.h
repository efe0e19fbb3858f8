// What `info --weights` says of a file: its networks, its tensors in groups and one by one.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "jobs/tensor_numbers.h"
#include "models/weights/file.h"

namespace lf {

/// The network that the program would take from a file, or why it takes none.
struct ChosenNetwork {
  bool fits = false;
  std::string reason;                                     ///< why no network fits
  nlohmann::ordered_json facts = {{"network", "other"}};  ///< name and configuration
  FoundNetwork found;                                     ///< where there is one, fitting or not
  std::vector<std::string> notes;
};

/// Chooses as read_weights does, and loads what it chose to be sure.
ChosenNetwork choose_network(WeightFiles& files, const StoredNames& names, int64_t heads, bool raw);

/// All that is known of a file, as JSON and as lines for people. `numbers` has an entry for every tensor.
nlohmann::ordered_json weights_json(const WeightFiles& files, const StoredNames& names,
                                    const ChosenNetwork& chosen,
                                    const std::map<std::string, TensorNumbers>& numbers);
std::vector<std::string> weights_lines(const WeightFiles& files, const StoredNames& names,
                                       const ChosenNetwork& chosen,
                                       const std::map<std::string, TensorNumbers>& numbers);

}  // namespace lf
