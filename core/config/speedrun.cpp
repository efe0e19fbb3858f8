#include "config/speedrun.h"

#include <algorithm>

#include "base/number_text.h"
#include "base/time_text.h"

namespace lf {

const std::vector<SpeedrunTarget>& speedrun_targets() {
  static const std::vector<SpeedrunTarget> table{{6, 280}, {2.5, 700}, {1, 1900}, {0.6, 4000}};
  return table;
}

const SpeedrunTarget* speedrun_target(double fd) {
  const auto& table = speedrun_targets();
  const auto found = std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.fd == fd; });
  return found == table.end() ? nullptr : &*found;
}

std::vector<std::string> speedrun_rules() {
  std::string targets;
  for (const auto& row : speedrun_targets())
    targets += (targets.empty() ? "" : ", ") + number_text(row.fd) + " %";
  const auto percent = [](double share) { return number_text(100 * share) + " %"; };
  return {
      "Rules of the speedrun, version " + std::to_string(kSpeedrunRules),
      "",
      "1. Training begins with untrained weights and uses the 60,000 training digits of MNIST, nothing else",
      "   (SHA-256 of the digests of the four unpacked files: " + std::string(kSpeedrunData).substr(0, 12) +
          "…).",
      "2. Each target is a separate run; its length is fixed before it begins: FD ≤ " + targets + ".",
      "3. The time is that of training: from the first operation on the digits in memory to the last "
      "weight,",
      "   including speed measurement, autoencoder, encoding, held-out tests and compilation. Reading",
      "   files, saving and scoring do not count. Nothing is scored before the end.",
      "4. " + with_thousands(kSpeedrunSamples) + " samples with guidance weight 1 and at most " +
          std::to_string(kSpeedrunEvaluations) + " function evaluations for each, classes by the",
      "   training shares, rounded to 8 bits. The classifier is " +
          std::string(kSpeedrunJudge).substr(0, 12) + "… (SHA-256 of its file).",
      "5. It assigns at least " + percent(kSpeedrunAccuracy) +
          " of the samples to their class, and at most " + percent(kSpeedrunCopies) +
          " are nearer to one training digit than",
      "   99 % of real test digits are: a model must not memorise the digits.",
      "6. A classifier trained from another seed must agree: FD at most " + number_text(kSecondJudgeFactor) +
          " times the target, and the same accuracy.",
      "7. An entry is three records, seeds 1, 2 and 3. Each reaches the target; the time is their median.",
      "8. A record names machine, arithmetic, program, settings and the digests of digits, classifier and "
      "weights."};
}

}  // namespace lf
