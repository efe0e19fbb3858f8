// The rows of `latentflow bench`: the available measurements, and one measurement as text.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lf {

/// A row of the table.
struct BenchInfo {
  std::string name;     ///< as on the command line
  bool window = false;  ///< measured in the window (by a hook of the program), not in the core
  std::string meaning;  ///< one line for display
};

/// The table of measurements, in order.
const std::vector<BenchInfo>& bench_table();
/// The row named `name` ("original" is short for "original-step"). Throws InputError that lists the
/// known ones.
const BenchInfo& bench_info(const std::string& name);

/// One measurement.
struct BenchRow {
  std::string name;
  double ms_median = 0, ms_min = 0;  ///< milliseconds of one run
  int64_t runs = 0;
  double gflops = 0;         ///< achieved; 0 if meaningless
  double share = 0;          ///< relative to the gflops of the reference row, 0..1; 0 if meaningless
  double gb_per_second = 0;  ///< memory read and written, 10⁹ bytes per second; 0 if meaningless
  double peak_mb = 0;        ///< the process's largest resident memory so far, 2²⁰ bytes; 0: not reported
};

/// {"name":…,"ms_median":…,"ms_min":…,"runs":…[,"gflops":…,"share_of_yardstick":…][,"gb_per_s":…][,"peak_mb":…]}
std::string bench_json(const BenchRow& row);
/// The same as a line of a table with fixed columns; bench_heading() names them.
std::string bench_line(const BenchRow& row);
std::string bench_heading();

}  // namespace lf
