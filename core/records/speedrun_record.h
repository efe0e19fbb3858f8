// The record of a speedrun: what was trained where, how long it took and what came of it, as speedrun.json.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "config/speedrun.h"

namespace lf {

/// Name of the file in a speedrun's folder.
inline constexpr const char* kSpeedrunName = "speedrun.json";

/// What a judge says of 10,000 samples.
struct SpeedrunScore {
  double fd = 0;            ///< percent
  double accuracy = 0;      ///< share, 0..1; −1 where the network knows no labels
  double memorisation = 0;  ///< share, 0..1, as in Score
};

/// One run: from untrained weights to a model.
struct SpeedrunEntry {
  double target = 0;                     ///< FD% to reach
  std::string folder;                    ///< of the run, a name beside the record
  std::string model, autoencoder, flow;  ///< SHA-256 of the model's file and of its weights
  double seconds = 0;                    ///< of training, as in report.json
  double elapsed = 0;                    ///< seconds on the clock meanwhile
  int64_t autoencoder_steps = 0, flow_steps = 0;
  std::map<std::string, std::string> settings;  ///< those that are not the preset's
  SpeedrunScore score;
};

/// What all runs of a record have in common.
struct SpeedrunRecord {
  int64_t rules = kSpeedrunRules;
  std::string started;                        ///< local time, ISO 8601
  std::string program;                        ///< version, identity of the build, LibTorch
  std::string processor, device, arithmetic;  ///< names, in words
  int64_t cores = 0, threads = 0;
  double memory_gb = 0;  ///< 10⁹ bytes
  std::string preset;
  uint64_t seed = 0;
  std::string solver;                    ///< of the samples
  int64_t evaluations = 0;               ///< of the network for each sample
  std::string data_name, data_digest;    ///< Dataset::digest
  std::string judge_name, judge_digest;  ///< SHA-256 of its file
  std::vector<SpeedrunEntry> entries;
};

/// Why a score misses a target with this FD%, in words; "" where it reaches it.
std::string missed(const SpeedrunScore& score, double fd);

/// What keeps a record from being an entry by the rules, in words, one thing a line; empty for a sound one.
std::vector<std::string> departures(const SpeedrunRecord& record);

/// As JSON, indented.
std::string record_text(const SpeedrunRecord& record);

/// The same way back. Throws InputError that begins with `file` and names the field.
SpeedrunRecord parse_record(const std::string& text, const std::string& file);

}  // namespace lf
