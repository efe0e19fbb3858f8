#include "records/provenance.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/errors.h"
#include "protocol/command_limits.h"
#include "records/digest_text.h"

namespace lf::records {
namespace {

using nlohmann::ordered_json;
using What = ProvenanceEntry::What;

constexpr double kMostCounted = 1e15;  ///< steps: no run makes more
constexpr double kMostThreads = 4096, kMostParts = 4096;
constexpr size_t kMostEntries = 100000;  ///< a run records a few dozen
constexpr size_t kMostWords = 4000;

/// The key that identifies the kind of an entry.
const char* key_of(What what) {
  switch (what) {
    case What::Session:
      return "threads";
    case What::Weights:
      return "weights";
    case What::Decoder:
      return "decoder";
    case What::Rate:
      return "rate";
    case What::Finish:
      return "finish";
    case What::Extend:
      return "extend";
    case What::Branch:
      return "branch";
  }
  return "";
}

ordered_json to_json(const ProvenanceEntry& e) {
  ordered_json json{{"at", {e.autoencoder_step, e.flow_step}}};
  const char* key = key_of(e.what);
  if (e.what == What::Session) {
    json[key] = e.environment.threads;
    json["cpu"] = e.environment.cpu;
    json["device"] = e.environment.device;
    json["build"] = e.environment.build;
    if (!e.environment.arithmetic.empty()) json["arithmetic"] = e.environment.arithmetic;
    if (e.environment.parts > 0) json["parts"] = e.environment.parts;
  } else if (e.what == What::Weights || e.what == What::Decoder) {
    json[key] = e.digest;
  } else if (e.what == What::Branch) {
    json[key] = e.parent;
    json["settings"] = e.settings;
    json["before"] = e.settings_before;
  } else {
    json[key] = e.number;
  }
  return json;
}

/// Reads one object; a missing or impossible value is an error.
class Reader {
 public:
  Reader(const ordered_json& from, const std::string& file) : from_(from), file_(file) {
    if (!from.is_object()) refuse();
  }

  bool has(const char* key) const { return from_.contains(key); }
  double number(const char* key, double least, double most) const { return number(value(key), least, most); }
  int64_t count(const char* key) const { return static_cast<int64_t>(number(key, 0, kMostCounted)); }
  std::string words(const char* key) const {
    const auto& found = value(key);
    if (!found.is_string() || found.get_ref<const std::string&>().size() > kMostWords) refuse();
    return found.get<std::string>();
  }
  std::string digest(const char* key) const {
    const std::string text = words(key);
    if (!is_sha256_text(text)) refuse();
    return text;
  }
  /// Both steps of an entry.
  void steps(ProvenanceEntry& entry) const {
    const auto& at = value("at");
    if (!at.is_array() || at.size() != 2) refuse();
    entry.autoencoder_step = static_cast<int64_t>(number(at[0], 0, kMostCounted));
    entry.flow_step = static_cast<int64_t>(number(at[1], 0, kMostCounted));
  }
  const ordered_json& list(const char* key) const {
    const auto& found = value(key);
    if (!found.is_array() || found.size() > kMostEntries) refuse();
    return found;
  }
  [[noreturn]] void refuse() const { throw InputError(file_ + ": the run's provenance record is damaged"); }

 private:
  const ordered_json& value(const char* key) const {
    const auto found = from_.find(key);
    if (found == from_.end()) refuse();
    return *found;
  }
  double number(const ordered_json& from, double least, double most) const {
    if (!from.is_number()) refuse();
    const auto value = from.get<double>();
    if (!(value >= least && value <= most)) refuse();
    return value;
  }

  const ordered_json& from_;
  const std::string& file_;
};

ProvenanceEntry to_entry(const ordered_json& json, const std::string& file) {
  const Reader read(json, file);
  ProvenanceEntry entry;
  read.steps(entry);
  if (read.has("threads")) {
    entry.what = What::Session;
    entry.environment = {static_cast<int64_t>(read.number("threads", 1, kMostThreads)),
                         read.words("cpu"),
                         read.words("device"),
                         read.words("build"),
                         read.has("arithmetic") ? read.words("arithmetic") : "",
                         read.has("parts") ? static_cast<int64_t>(read.number("parts", 1, kMostParts)) : 0};
  } else if (read.has("weights")) {
    entry.digest = read.digest("weights");
  } else if (read.has("decoder")) {
    entry.what = What::Decoder;
    entry.digest = read.digest("decoder");
  } else if (read.has("rate")) {
    entry.what = What::Rate;
    entry.number = read.number("rate", kLeastRateFactor, 1);
  } else if (read.has("branch")) {
    entry.what = What::Branch;
    entry.parent = read.words("branch");
    entry.settings = read.words("settings");
    entry.settings_before = read.words("before");
  } else {
    entry.what = read.has("finish") ? What::Finish : What::Extend;
    entry.number = read.number(key_of(entry.what), 1, kMostCounted);
  }
  return entry;
}

}  // namespace

std::string difference(const Environment& before, const Environment& now) {
  std::string words;
  const auto add = [&](bool differs, const std::string& text) {
    if (differs) words += (words.empty() ? "" : ", ") + text;
  };
  const auto threads = [](int64_t n) { return std::to_string(n) + (n == 1 ? " thread" : " threads"); };
  add(before.threads != now.threads, threads(now.threads) + " instead of " + std::to_string(before.threads));
  add(before.device != now.device, now.device + " instead of " + before.device);
  add(before.cpu != now.cpu, now.cpu + " instead of " + before.cpu + " instructions");
  const auto products = [](const Environment& e) { return e.arithmetic.empty() ? "float32" : e.arithmetic; };
  add(before.device == now.device && products(before) != products(now),
      products(now) + " instead of " + products(before));
  add(before.parts != now.parts, "gradients summed in a different number of parts");
  add(before.build != now.build, "another build of the program");
  return words;
}

const Environment* Provenance::last_environment() const {
  const auto is_session = [](const ProvenanceEntry& e) { return e.what == What::Session; };
  const auto last = std::find_if(entries.rbegin(), entries.rend(), is_session);
  return last == entries.rend() ? nullptr : &last->environment;
}

const ProvenanceEntry* Provenance::last_branch() const {
  const auto is_branch = [](const ProvenanceEntry& e) { return e.what == What::Branch; };
  const auto last = std::find_if(entries.rbegin(), entries.rend(), is_branch);
  return last == entries.rend() ? nullptr : &*last;
}

bool is_marked_step(int64_t step) {
  if (step <= 0) return false;
  while (step % 10 == 0) step /= 10;
  return step == 1 || step == 2 || step == 5;
}

std::string provenance_text(const Provenance& provenance) {
  ordered_json json{{"autoencoder_steps", provenance.plan.autoencoder_steps},
                    {"flow_steps", provenance.plan.flow_steps},
                    {"until_fd", provenance.plan.until_fd}};
  if (provenance.plan.encoder_steps != provenance.plan.autoencoder_steps) {
    json["encoder_steps"] = provenance.plan.encoder_steps;
    json["shared_steps"] = provenance.plan.shared_steps;
  }
  if (provenance.pairs > 0) {
    json["pairs"] = provenance.pairs;
    json["start"] = provenance.start;
  }
  json["entries"] = ordered_json::array();
  for (const auto& entry : provenance.entries) json["entries"].push_back(to_json(entry));
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

Provenance parse_provenance(const std::string& text, const std::string& file) {
  const auto json = ordered_json::parse(text, nullptr, /*allow_exceptions=*/false);
  const Reader read(json, file);
  Provenance provenance;
  provenance.plan.autoencoder_steps = read.count("autoencoder_steps");
  provenance.plan.flow_steps = read.count("flow_steps");
  provenance.plan.until_fd = read.number("until_fd", 0, kMostFd);
  provenance.plan = without_frozen_encoder(provenance.plan);
  if (read.has("encoder_steps")) {
    provenance.plan.encoder_steps = read.count("encoder_steps");
    provenance.plan.shared_steps = read.count("shared_steps");
    if (provenance.plan.encoder_steps > provenance.plan.autoencoder_steps) read.refuse();
  }
  if (read.has("pairs")) {
    provenance.pairs = static_cast<int64_t>(read.number("pairs", 1, kMostPairs));
    provenance.start = read.digest("start");
  }
  for (const auto& entry : read.list("entries")) provenance.entries.push_back(to_entry(entry, file));
  const auto before = [](const ProvenanceEntry& a, const ProvenanceEntry& b) {
    return a.autoencoder_step + a.flow_step < b.autoencoder_step + b.flow_step;
  };
  if (!std::is_sorted(provenance.entries.begin(), provenance.entries.end(), before)) read.refuse();
  return provenance;
}

}  // namespace lf::records
