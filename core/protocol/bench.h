// The rows of `latentflow bench`: what can be measured, and one measurement as text.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lf {

/// What can be measured.
struct BenchInfo {
  std::string name;     ///< as on the command line
  bool window = false;  ///< needs the window (a hook of the program), not the core
  std::string meaning;  ///< one line for people
};

/// The ordered, visible table of measurements.
const std::vector<BenchInfo>& bench_table();
/// The row named `name` ("original" is short for "original-step"). Throws InputError that lists the known.
const BenchInfo& bench_info(const std::string& name);

/// One measurement.
struct BenchRow {
  std::string name;
  double ms_median = 0, ms_min = 0;  ///< milliseconds of one run
  int64_t runs = 0;
  double gflops = 0;         ///< achieved; 0 where it means nothing
  double share = 0;          ///< of the yardstick's gflops, 0..1; 0 where it means nothing
  double gb_per_second = 0;  ///< memory read and written, 10⁹ bytes a second; 0 where it means nothing
  double peak_mb = 0;        ///< the process's largest resident memory so far, 2²⁰ bytes; 0: not reported
};

/// {"name":…,"ms_median":…,"ms_min":…,"runs":…[,"gflops":…,"share_of_yardstick":…][,"gb_per_s":…][,"peak_mb":…]}
std::string bench_json(const BenchRow& row);
/// The same as a line of a table with fixed columns; bench_heading() names them.
std::string bench_line(const BenchRow& row);
std::string bench_heading();

}  // namespace lf
