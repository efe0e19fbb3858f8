// The texts of the Quality page, without drawing.
#pragma once

#include <array>
#include <string>

#include "protocol/snapshot.h"

namespace lf::app::panels {

struct GradeLimit {
  const char* grade;
  double up_to;      ///< largest FD % with this grade
  const char* word;  ///< its meaning
};
/// The school grades from best to worst, as in metrics/frechet.h: limits scale with the score of
/// real test digits on this judge (`calibration_test`, FD %; 0: unknown).
std::array<GradeLimit, 6> grade_limits(double calibration_test);
/// The meaning of a grade; "" for an unknown letter.
std::string grade_word(const std::string& grade);

/// FD % in a sentence, with its sample size.
std::string fd_sentence(const QualityBlock& quality);
/// The relation of noise floor, FD % and decoder's limit.
std::string limits_sentence(const Score& score);
/// The result of the memorisation check.
std::string memorisation_sentence(const Score& score);
/// The class with the lowest accuracy and what it is mistaken for.
std::string confusion_sentence(const Score& score);

/// True while a requested scoring is running.
bool evaluating(const Snapshot& snapshot);
/// Why an evaluation cannot start; "" if it can.
std::string evaluate_reason(const Snapshot& snapshot);
/// The text of a card without a score: no judge, or nothing scored yet.
struct MissingScore {
  std::string title;
  std::string how;    ///< why, and what to do
  std::string brief;  ///< the same for the smaller cards
};
MissingScore missing_score(const Snapshot& snapshot);

/// "94.2 %", or "—" if not measured (not finite or negative).
std::string percent_text(double share, int decimals = 1);
/// "2.71 %" of a number that is already in percent, or "—".
std::string fd_text(double fd);
/// Sum of one row of the confusions: how often this class was requested.
int64_t asked_for(const Score& score, int digit);

}  // namespace lf::app::panels
