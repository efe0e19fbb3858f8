#include "protocol/bench.h"

#include <cmath>
#include <cstdio>

#include "base/command_words.h"
#include "base/errors.h"
#include "base/number_text.h"
#include "base/printed.h"

namespace lf {
namespace {

/// Five significant digits are more than any clock here gives.
std::string rounded(double value) {
  if (!std::isfinite(value)) return "null";
  const double magnitude = value == 0 ? 0 : std::floor(std::log10(std::abs(value)));
  const double scale = std::pow(10.0, 4 - magnitude);
  return number_text(std::round(value * scale) / scale);
}

}  // namespace

const std::vector<BenchInfo>& bench_table() {
  static const std::vector<BenchInfo> table{
      {"yardstick-f32", false, "one large matrix product in single precision: the speed of this machine"},
      {"yardstick-f32-large", false, "the same with the matrix shapes of the reference system"},
      {"yardstick-memory", false, "reading and writing 256 MB on two threads: the speed of the memory"},
      {"yardstick-bf16", false,
       "the first product in bfloat16; much faster with AMX or AVX512_BF16, slower without"},
      {"autoencoder-step", false, "one optimiser step of the autoencoder, fast preset"},
      {"latent-cache", false, "the posteriors of 1,000 digits"},
      {"flow-step", false, "one optimiser step of the flow, fast preset"},
      {"sample-1", false, "one digit from noise with the default sampler, decoded"},
      {"sample-100", false, "100 digits from noise with the default sampler, decoded"},
      {"sample-10000", false, "10,000 digits from noise with the default sampler, decoded"},
      {"decode-100", false, "decoding 100 latents to images"},
      {"evaluator", false, "scoring 10,000 given images: classifier features and FD%"},
      {"original-step", false,
       "one optimiser step of the reference system's DiT-B/2 (needs 2 GB; 'original' for short)"},
      {"first-frame", true, "from launch to the first image of the window"},
      {"frame-idle", true, "one frame of the window, nothing training"},
      {"frame-training", true, "one frame of the window while training"},
      {"frame-own", true, "the program's own part of such a frame, without OpenGL's driver"},
  };
  return table;
}

const BenchInfo& bench_info(const std::string& name) {
  std::vector<std::string> known;
  for (const auto& info : bench_table()) {
    if (info.name == name || (name == "original" && info.name == "original-step")) return info;
    known.push_back(info.name);
  }
  throw InputError("unknown bench '" + name + "'; known are " + joined_names(known));
}

std::string bench_json(const BenchRow& row) {
  std::string text = "{\"name\":\"" + row.name + "\",\"ms_median\":" + rounded(row.ms_median) +
                     ",\"ms_min\":" + rounded(row.ms_min) + ",\"runs\":" + std::to_string(row.runs);
  if (row.gflops > 0) text += ",\"gflops\":" + rounded(row.gflops);
  if (row.share > 0) text += ",\"share_of_yardstick\":" + rounded(row.share);
  if (row.gb_per_second > 0) text += ",\"gb_per_s\":" + rounded(row.gb_per_second);
  if (row.peak_mb > 0) text += ",\"peak_mb\":" + rounded(row.peak_mb);
  return text + "}";
}

std::string bench_heading() {
  return "name               median ms     min ms    runs    GFLOP/s  of yardstick";
}

std::string bench_line(const BenchRow& row) {
  char buffer[160];
  std::snprintf(buffer, sizeof buffer, "%-16s %11.3f %10.3f %7lld %10s %13s", row.name.c_str(), row.ms_median,
                row.ms_min, static_cast<long long>(row.runs),
                row.gflops > 0 ? printed("%.1f", row.gflops).c_str() : "-",
                row.share > 0 ? printed("%.0f %%", 100 * row.share).c_str() : "-");
  std::string line = buffer;
  if (row.gb_per_second > 0) line += printed("   %.1f GB/s", row.gb_per_second);
  if (row.peak_mb > 0) line += printed("   peak %.0f MB", row.peak_mb);
  return line;
}

}  // namespace lf
