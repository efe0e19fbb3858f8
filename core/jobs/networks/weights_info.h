// The output of `info --weights`: a file's networks, its tensors in groups and one by one.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "jobs/tensor_numbers.h"
#include "models/weights/file.h"

namespace lf::jobs {

/// The network that the program would read from a file, or why it reads none.
struct ChosenNetwork {
  bool fits = false;
  std::string reason;                                     ///< why no network fits
  nlohmann::ordered_json facts = {{"network", "other"}};  ///< name and configuration
  models::FoundNetwork found;                             ///< where there is one, fitting or not
  std::vector<std::string> notes;
};

/// Chooses like read_weights, and loads the choice as a check.
ChosenNetwork choose_network(files::WeightFiles& files, const models::StoredNames& names, int64_t heads,
                             bool raw);

/// All information on a file, as JSON and as text. `numbers` has an entry for every tensor.
nlohmann::ordered_json weights_json(const files::WeightFiles& files, const models::StoredNames& names,
                                    const ChosenNetwork& chosen,
                                    const std::map<std::string, TensorNumbers>& numbers);
std::vector<std::string> weights_lines(const files::WeightFiles& files, const models::StoredNames& names,
                                       const ChosenNetwork& chosen,
                                       const std::map<std::string, TensorNumbers>& numbers);

}  // namespace lf::jobs
