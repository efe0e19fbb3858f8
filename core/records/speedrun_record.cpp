#include "records/speedrun_record.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/errors.h"
#include "base/number_text.h"
#include "base/printed.h"
#include "protocol/command_limits.h"
#include "records/record_fields.h"

namespace lf::records {
namespace {

using nlohmann::ordered_json;

constexpr double kMostNoted = 1e15, kMostFdMeasured = 1e9, kMostRead = 9e15;
constexpr size_t kMostRuns = 100, kMostSettings = 1000;

ordered_json to_json(const SpeedrunEntry& e) {
  return {{"target_fd", e.target},
          {"reached", missed(e.score, e.target).empty()},
          {"seconds", e.seconds},
          {"elapsed_seconds", e.elapsed},
          {"fd", e.score.fd},
          {"accuracy", e.score.accuracy},
          {"memorisation", e.score.memorisation},
          {"autoencoder_steps", e.autoencoder_steps},
          {"flow_steps", e.flow_steps},
          {"settings", e.settings},
          {"folder", e.folder},
          {"model_sha256", e.model},
          {"autoencoder_weights", e.autoencoder},
          {"flow_weights", e.flow}};
}

const RecordRules& speedrun_record_rules() {
  static const RecordRules rules{1000, "give the speedrun.json of latentflow speedrun"};
  return rules;
}

/// Reads one object strictly; errors name the field by its path.
class Fields : public RecordFields {
 public:
  Fields(const ordered_json& from, std::string file, std::string place)
      : RecordFields(from, std::move(file), std::move(place), speedrun_record_rules()) {}

  uint64_t seed(const char* key) const {
    const auto& found = value(key);
    if (!found.is_number_unsigned()) refuse(key, "a whole number");
    return found.get<uint64_t>();
  }
  /// The name of a folder, not a path.
  std::string name(const char* key) const {
    const std::string text = words(key);
    if (text.empty() || text == "." || text == ".." || text.find('/') != std::string::npos ||
        text.find('\0') != std::string::npos)
      refuse(key, "the name of a folder beside the record");
    return text;
  }
  std::map<std::string, std::string> settings(const char* key) const {
    const auto& found = value(key);
    std::map<std::string, std::string> settings;
    if (!found.is_object() || found.size() > kMostSettings)
      refuse(key, "an object of at most " + std::to_string(kMostSettings) + " texts");
    for (const auto& item : found.items()) {
      if (!item.value().is_string()) refuse(key, "texts by key");
      settings[item.key()] = item.value().get<std::string>();
    }
    return settings;
  }
  const ordered_json& list(const char* key) const {
    const auto& found = value(key);
    if (!found.is_array() || found.empty() || found.size() > kMostRuns)
      refuse(key, "a list of 1 to " + std::to_string(kMostRuns) + " runs");
    return found;
  }
  Fields object(const char* key) const { return {value(key), file(), place() + key + "."}; }
};

SpeedrunEntry to_entry(const Fields& read) {
  SpeedrunEntry e;
  e.target = read.number("target_fd", kLeastFd, kMostSpeedrunFd);
  e.seconds = read.number("seconds", 0, kMostNoted);
  e.elapsed = read.number("elapsed_seconds", 0, kMostNoted);
  e.score = {read.number("fd", -1, kMostFdMeasured), read.number("accuracy", -1, 1),
             read.number("memorisation", -1, 1)};
  e.autoencoder_steps = read.count("autoencoder_steps");
  e.flow_steps = read.count("flow_steps");
  e.settings = read.settings("settings");
  e.folder = read.name("folder");
  e.model = read.digest("model_sha256");
  e.autoencoder = read.digest("autoencoder_weights");
  e.flow = read.digest("flow_weights");
  return e;
}

std::string percent(double value, int decimals) { return printed("%.*f %%", decimals, value); }

}  // namespace

std::string missed(const SpeedrunScore& score, double fd) {
  if (!(score.fd <= fd)) return "FD is " + percent(score.fd, 2) + ", not at most " + number_text(fd) + " %";
  if (!(score.accuracy >= kSpeedrunAccuracy))
    return "accuracy is " + percent(100 * score.accuracy, 1) + ", not at least " +
           percent(100 * kSpeedrunAccuracy, 0);
  if (!(score.memorisation <= kSpeedrunCopies))
    return percent(100 * score.memorisation, 1) +
           " of the samples are near copies of training digits, not at most " +
           percent(100 * kSpeedrunCopies, 0);
  return "";
}

std::vector<std::string> departures(const SpeedrunRecord& r) {
  std::vector<std::string> found;
  const auto note = [&](bool differs, const std::string& text) {
    if (differs) found.push_back(text);
  };
  note(r.rules != kSpeedrunRules, "it follows version " + std::to_string(r.rules) + " of the rules, not " +
                                      std::to_string(kSpeedrunRules));
  note(r.data_digest != kSpeedrunData, "the digits are " + r.data_name + ", not MNIST");
  note(r.judge_digest != kSpeedrunJudge, "the classifier is " + r.judge_name + ", not the bundled one");
  note(r.evaluations > kSpeedrunEvaluations, "a sample takes " + std::to_string(r.evaluations) +
                                                 " function evaluations, not " +
                                                 std::to_string(kSpeedrunEvaluations));
  for (const auto& entry : r.entries) {
    const std::string target = "FD " + number_text(entry.target) + " %",
                      miss = missed(entry.score, entry.target);
    note(!speedrun_target(entry.target), "the rules have no target of " + target);
    note(!miss.empty(), target + " is not reached: " + miss);
  }
  return found;
}

std::string record_text(const SpeedrunRecord& r) {
  ordered_json runs = ordered_json::array();
  for (const auto& entry : r.entries) runs.push_back(to_json(entry));
  const ordered_json json{{"speedrun", r.rules},
                          {"by_the_rules", departures(r).empty()},
                          {"started", r.started},
                          {"program", r.program},
                          {"machine",
                           {{"processor", r.processor},
                            {"device", r.device},
                            {"cores", r.cores},
                            {"threads", r.threads},
                            {"memory_gb", r.memory_gb}}},
                          {"arithmetic", r.arithmetic},
                          {"preset", r.preset},
                          {"seed", r.seed},
                          {"sampler", {{"solver", r.solver}, {"evaluations", r.evaluations}}},
                          {"data", {{"name", r.data_name}, {"digest", r.data_digest}}},
                          {"judge", {{"name", r.judge_name}, {"sha256", r.judge_digest}}},
                          {"runs", runs}};
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

SpeedrunRecord parse_record(const std::string& text, const std::string& file) {
  const ordered_json json = ordered_json::parse(text, nullptr, /*allow_exceptions=*/false);
  const Fields read(json, file, "");
  SpeedrunRecord r;
  r.rules = read.count("speedrun");
  r.started = read.words("started");
  r.program = read.words("program");
  r.arithmetic = read.words("arithmetic");
  r.preset = read.words("preset");
  r.seed = read.seed("seed");
  const Fields machine = read.object("machine"), sampler = read.object("sampler"), data = read.object("data"),
               judge = read.object("judge");
  r.processor = machine.words("processor");
  r.device = machine.words("device");
  r.cores = machine.count("cores");
  r.threads = machine.count("threads");
  r.memory_gb = machine.number("memory_gb", 0, kMostRead);
  r.solver = sampler.words("solver");
  r.evaluations = sampler.count("evaluations");
  r.data_name = data.words("name");
  r.data_digest = data.digest("digest");
  r.judge_name = judge.words("name");
  r.judge_digest = judge.digest("sha256");
  const ordered_json& runs = read.list("runs");
  for (size_t i = 0; i < runs.size(); ++i)
    r.entries.push_back(to_entry(Fields(runs[i], file, "runs[" + std::to_string(i) + "].")));
  return r;
}

}  // namespace lf::records
