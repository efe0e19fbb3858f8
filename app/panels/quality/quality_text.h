// What the Quality page says, without drawing.
#pragma once

#include <array>
#include <string>

#include "protocol/snapshot.h"

namespace lf {

struct GradeLimit {
  const char* grade;
  double up_to;      ///< largest FD % with this grade
  const char* word;  ///< what it means
};
/// The school grades from best to worst, as metrics/frechet gives them: limits grow with what real test
/// digits score on this judge (`calibration_test`, FD %; 0: unknown).
std::array<GradeLimit, 6> grade_limits(double calibration_test);
/// The meaning of a grade; "" for an unknown letter.
std::string grade_word(const std::string& grade);

/// FD % in plain words, with what it was measured on.
std::string fd_sentence(const QualityBlock& quality);
/// How floor, FD % and the decoder's limit stand to each other.
std::string limits_sentence(const Score& score);
/// What the memorisation check found.
std::string memorisation_sentence(const Score& score);
/// The weakest digit and what it is mistaken for.
std::string confusion_sentence(const Score& score);

/// True while samples are being scored on request.
bool evaluating(const Snapshot& snapshot);
/// Why an evaluation cannot be started now; "" when it can.
std::string evaluate_reason(const Snapshot& snapshot);
/// What a card without a score says: no judge, or nothing scored yet.
struct MissingScore {
  std::string title;
  std::string how;    ///< why, and what to do
  std::string brief;  ///< the same for the smaller cards
};
MissingScore missing_score(const Snapshot& snapshot);

/// "94.2 %", or "—" for what was not measured (not finite or negative).
std::string percent_text(double share, int decimals = 1);
/// "2.71 %" of a figure that is in percent already, or "—".
std::string fd_text(double fd);
/// Sum of one row of the confusions: how often this digit was asked for.
int64_t asked_for(const Score& score, int digit);

}  // namespace lf
