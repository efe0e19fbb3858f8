// The last part of a job whose result is an animation, and the job that writes the window's preview as one.
#pragma once

#include <memory>
#include <string>

#include "figures/animation.h"
#include "jobs/job.h"

namespace lf::jobs {

/// What of a job's time writing its animation takes, for its progress.
inline constexpr double kWritingShare = 0.3;

/// Progress of a job that is `made` of its animation's content and then writes it; null: not writing yet.
inline double with_writing(double made, const figures::Animation* animation) {
  return (1 - kWritingShare) * made + kWritingShare * (animation ? animation->progress() : 0);
}

/// "writing flow.webp".
std::string writing_words(const std::string& path);

}  // namespace lf::jobs
