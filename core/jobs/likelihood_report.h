// The results of `likelihood`, as text, JSON lines and a table.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lf::jobs {

/// The likelihoods of some digits, and the method.
struct LikelihoodReport {
  std::string split, data_name;
  bool labelled = true;  ///< of p(z | its class); false: of p(z)
  int64_t probes = 0;    ///< of Hutchinson's estimate; 0: the exact trace
  std::string solver;
  int64_t steps = 0;               ///< 0: adaptive steps
  std::vector<uint8_t> labels;     ///< (n) of digits 0 to n − 1 of the split
  std::vector<double> nats;        ///< (n) ln p of the standardised latent
  std::vector<float> bits;         ///< (n) the same as bits per dimension of the 64
  std::vector<float> error;        ///< (n) standard error of bits by the probes; 0 for the exact trace
  std::vector<std::string> paths;  ///< additional files
};

/// A summary for display: mean and standard deviation, by class, and the digits at both ends.
std::vector<std::string> report_table(const LikelihoodReport& report);
/// One object for every digit, "event": "digit", and a summary, "event": "done".
std::vector<std::string> report_json(const LikelihoodReport& report);
/// One row per digit.
std::string report_csv(const LikelihoodReport& report);

}  // namespace lf::jobs
