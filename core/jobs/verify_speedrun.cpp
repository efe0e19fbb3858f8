// `verify-speedrun`: scores the models of a record again.
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/errors.h"
#include "base/number_text.h"
#include "base/paths.h"
#include "base/printed.h"
#include "files/atomic_write.h"
#include "files/sha256.h"
#include "jobs/speedrun_score.h"
#include "run/weights_digest.h"

namespace lf::jobs {
namespace fs = std::filesystem;
namespace {

constexpr uint64_t kMostRecord = 1 << 20;  ///< bytes
/// FD% of the same model on another processor: products are rounded in another order.
constexpr double kSameShare = 0.02, kSamePercent = 0.01;
constexpr double kSameAccuracy = 0.005;

records::SpeedrunRecord read_record(const fs::path& file) {
  const auto bytes = files::read_file(file, kMostRecord);
  return records::parse_record({bytes.begin(), bytes.end()}, file.string());
}

class VerifySpeedrunJob : public SlicedJob {
 public:
  VerifySpeedrunJob(SpeedrunScene scene, const VerifySpeedrunCommand& command)
      : scene_(std::move(scene)), file_(command.record), record_(read_record(file_)) {
    if (record_.data_digest != scene_.dataset.digest)
      throw InputError("cannot verify " + file_.string() + ": its digits are " + record_.data_name +
                       ", those in use are " + scene_.dataset.name + "; name them with --data");
    second_judge_ = record_.judge_digest != scene_.judge_digest;
    begin();
  }

  std::string name() const override {
    return "verifying FD " + number_text(record_.entries[next_].target) + " % with " + scene_.judge->name();
  }
  double progress() const override {
    return std::min(1.0, (static_cast<double>(next_) + scorer_->progress()) /
                             static_cast<double>(record_.entries.size()));
  }

  bool advance() override {
    if (scorer_->advance()) return true;
    compare();
    if (++next_ == record_.entries.size()) return false;
    begin();
    return true;
  }

  JobResult finish() override {
    JobResult result;
    result.verb = "verify-speedrun";
    result.table = rows_;
    const auto broken = records::departures(record_);
    for (const auto& text : broken) result.table.push_back("not an entry by the rules: " + text);
    const std::string by = second_judge_ ? " by a second classifier, " + scene_.judge->name() : "";
    result.passed = fault_.empty();
    result.text = result.passed
                      ? "the record is valid" + by +
                            "; its seconds cannot be verified from the files, but latentflow replay "
                            "trains a run again"
                      : "the record is not valid" + by + ": " + fault_;
    result.table.push_back(result.text);
    result.json = json_;
    result.json.push_back(nlohmann::ordered_json{{"holds", result.passed},
                                                 {"by_the_rules", broken.empty()},
                                                 {"second_judge", second_judge_},
                                                 {"judge", scene_.judge->name()}}
                              .dump());
    return result;
  }

 private:
  /// Reads the next model, which must be the recorded one.
  void begin() {
    const records::SpeedrunEntry& entry = record_.entries[next_];
    const fs::path path = folder_of(file_) / entry.folder / "model.safetensors";
    const auto refuse = [&](const std::string& why) {
      throw InputError("cannot verify " + path.string() + ": " + why +
                       "; give the folder that belongs to the record");
    };
    if (files::sha256_hex(files::read_file(path, UINT64_MAX)) != entry.model)
      refuse("its SHA-256 is not the recorded one");
    model_ = inference::load_model(path.string());
    if (run::autoencoder_digest(*model_) != entry.autoencoder || run::flow_digest(*model_) != entry.flow)
      refuse("its weights are not the recorded ones");
    if (model_->data_digest != record_.data_digest) refuse("it was trained on " + model_->data_name);
    if (model_->flow_steps != entry.flow_steps || model_->autoencoder_steps != entry.autoencoder_steps)
      refuse("it was trained for other steps than recorded");
    speedrun_evaluations(model_->settings, "cannot verify " + path.string());
    scorer_ = std::make_unique<SpeedrunScorer>(*model_, scene_);
  }

  /// What is wrong with a score, as text; "" if it confirms the record. A target that the record
  /// itself reports as missed is no error.
  std::string fault(const records::SpeedrunEntry& entry, const records::SpeedrunScore& now) const {
    const bool claimed = records::missed(entry.score, entry.target).empty();
    if (second_judge_) return claimed ? records::missed(now, kSecondJudgeFactor * entry.target) : "";
    const double apart = std::abs(now.fd - entry.score.fd);
    if (apart <= kSameShare * entry.score.fd + kSamePercent &&
        std::abs(now.accuracy - entry.score.accuracy) <= kSameAccuracy)
      return claimed ? records::missed(now, entry.target) : "";
    return printed("recorded are FD %.2f %% and accuracy %.1f %%, measured FD %.2f %% and %.1f %%",
                   entry.score.fd, 100 * entry.score.accuracy, now.fd, 100 * now.accuracy);
  }

  void compare() {
    const records::SpeedrunEntry& e = record_.entries[next_];
    const records::SpeedrunScore now = scorer_->finish();
    const std::string wrong = fault(e, now);
    rows_.push_back(printed("FD <= %-5s %8.1f s  recorded %7.2f %%  now %7.2f %%  accuracy %5.1f %%  %s",
                            (number_text(e.target) + " %").c_str(), e.seconds, e.score.fd, now.fd,
                            100 * now.accuracy, wrong.empty() ? "valid" : "not valid"));
    json_.push_back(nlohmann::ordered_json{
        {"target_fd", e.target},
        {"seconds", e.seconds},
        {"recorded_fd", e.score.fd},
        {"fd", now.fd},
        {"accuracy", now.accuracy},
        {"memorisation", now.memorisation},
        {"holds", wrong.empty()},
        {"why", wrong}}.dump());
    if (fault_.empty() && !wrong.empty()) fault_ = "FD " + number_text(e.target) + " %: " + wrong;
  }

  SpeedrunScene scene_;
  fs::path file_;
  records::SpeedrunRecord record_;
  bool second_judge_ = false;
  size_t next_ = 0;
  std::unique_ptr<inference::Model> model_;
  std::unique_ptr<SpeedrunScorer> scorer_;
  std::string fault_;
  std::vector<std::string> rows_, json_;
};

}  // namespace

std::unique_ptr<SlicedJob> make_verify_speedrun_job(const SpeedrunScene& scene,
                                                    const VerifySpeedrunCommand& command) {
  return std::make_unique<VerifySpeedrunJob>(scene, command);
}

}  // namespace lf::jobs
