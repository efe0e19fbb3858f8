#include "panels/quality/quality_text.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/classes.h"
#include "panels/expectation.h"
#include "panels/run_status.h"
#include "widgets/text/text.h"

namespace lf::app::panels {

std::array<GradeLimit, 6> grade_limits(double calibration_test) {
  constexpr double kReferenceTest = 0.15;
  const double scale = calibration_test > 0 ? calibration_test / kReferenceTest : 1;
  return {{{"S", 0.35 * scale, "hard to distinguish from real digits"},
           {"A", 1 * scale, "very good"},
           {"B", 3 * scale, "good"},
           {"C", 6 * scale, "readable"},
           {"D", 15 * scale, "rough"},
           {"E", std::numeric_limits<double>::infinity(), "not digits yet"}}};
}

std::string grade_word(const std::string& grade) {
  for (const GradeLimit& limit : grade_limits(0)) {
    if (grade == limit.grade) return limit.word;
  }
  return "";
}

std::string fd_sentence(const QualityBlock& quality) {
  std::string text =
      "FD % is the Fréchet distance between the classifier's features of generated and real digits. It "
      "compares means and covariances, in percent of the real variance; 0 is perfect";
  if (quality.calibration_test > 0) text += "; real test digits score " + fixed(quality.calibration_test, 2);
  const Score& score = best_score(quality);
  if (!score.valid) return text + ".";
  text += ". From " + grouped(score.count) + " samples at step " + grouped(score.step);
  return text + (&score == &quality.live ? ": a quick estimate (≈)." : ".");
}

std::string limits_sentence(const Score& score) {
  if (!score.valid) return "";
  std::string text = "The noise floor is the score of " + grouped(score.count) +
                     " real digits; fewer samples give a higher floor.";
  if (score.rfd < 0 || !std::isfinite(score.rfd))
    return text + " rFD, the decoder's limit, is measured by a full evaluation.";
  const bool flow_limits = score.fd - score.rfd > score.rfd;
  return text + " rFD is the score of reconstructions, the best value that this decoder allows. " +
         (flow_limits ? "Most of the rest is due to the flow; train it longer."
                      : "The decoder now limits the score.");
}

std::string memorisation_sentence(const Score& score) {
  if (!score.valid || !std::isfinite(score.memorisation) || score.memorisation < 0) {
    return "A full evaluation measures whether generated digits are copies of training digits.";
  }
  const std::string share = percent_text(score.memorisation);
  // Three standard errors of a 1 % share among 1,000 samples.
  const bool copies = score.memorisation > 0.01 + 3 * std::sqrt(0.01 * 0.99 / 1000);
  return share +
         " of the samples are suspiciously close to a single training digit; for real test digits it is 1 "
         "%. " +
         (copies ? "That is more than expected by chance: the flow has memorised digits."
                 : "No sign of memorisation.");
}

int64_t asked_for(const Score& score, int digit) {
  int64_t sum = 0;
  for (int seen = 0; seen < kClasses; ++seen)
    sum += score.confusion[static_cast<size_t>(digit * kClasses + seen)];
  return sum;
}

std::string confusion_sentence(const Score& score) {
  int wanted = -1, seen = -1;
  int64_t most = 0;
  for (int i = 0; i < kClasses * kClasses; ++i) {
    if (i / kClasses == i % kClasses || score.confusion[static_cast<size_t>(i)] <= most) continue;
    most = score.confusion[static_cast<size_t>(i)];
    wanted = i / kClasses;
    seen = i % kClasses;
  }
  if (most == 0) return "No digit is mistaken for another.";
  return "Most often mistaken: " + digit_with_article(wanted) + " classified as " + digit_with_article(seen) +
         ", " + grouped(most) + " of " + grouped(asked_for(score, wanted)) + ".";
}

bool evaluating(const Snapshot& snapshot) {
  return snapshot.run->phase == Phase::Evaluating ||
         (snapshot.job->active && snapshot.job->name.rfind("evaluat", 0) == 0);
}

std::string evaluate_reason(const Snapshot& snapshot) {
  if (snapshot.run->phase == Phase::Loading) return "The model and the data are still being read.";
  if (!snapshot.quality->judge_available)
    return "There is no classifier for this data set: " + snapshot.quality->judge;
  if (evaluating(snapshot)) return "An evaluation is running.";
  if (snapshot.job->active) return "Another job is running: " + snapshot.job->name + ".";
  return "";
}

MissingScore missing_score(const Snapshot& snapshot) {
  const QualityBlock& quality = *snapshot.quality;
  if (snapshot.run->phase == Phase::Loading) {
    return {"—", "The classifier and the data are still being read.", "Still reading."};
  }
  if (!quality.judge_available) {
    const std::string why = quality.judge.empty() ? "No classifier was found." : quality.judge;
    const bool advised = why.find("latentflow judge") != std::string::npos;
    return {"no score",
            advised ? why : why + " Train one for this data set: latentflow judge --data DIR --out FILE",
            "There is no classifier for this data set; the first card explains how to train one."};
  }
  if (snapshot.run->running && snapshot.settings->values.quality.live)
    return {"not scored yet", when_it_comes(snapshot, Awaited::Score), "Comes with the first live score."};
  return {"not scored yet", "Press 'Evaluate 10,000 samples', or switch the live score on and train.",
          "Press 'Evaluate 10,000 samples' above."};
}

std::string percent_text(double share, int decimals) {
  if (!std::isfinite(share) || share < 0) return "—";
  return fixed(100 * share, decimals) + " %";
}

std::string fd_text(double fd) {
  if (!std::isfinite(fd) || fd < 0) return "—";
  return fixed(fd, fd < 10 ? 2 : 1) + " %";
}

}  // namespace lf::app::panels
