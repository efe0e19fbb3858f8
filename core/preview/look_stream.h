// A stream of its own for what is only looked at, so that a picture is drawn beside the training and not
// after what is enqueued of it.
#pragma once

#include <c10/core/Device.h>
#include <c10/core/Stream.h>
#include <c10/core/StreamGuard.h>

#include <optional>

namespace lf {

/// A stream of `device` for looking; none on the processor, which has no streams.
std::optional<c10::Stream> look_stream(c10::Device device);

/// While it lives, what this thread enqueues goes to `stream` (nowhere else where that is none). With
/// `sees_weights` it begins after everything on the default stream, on which the weights are whole; in any
/// case the default stream goes on after it, so that nothing looked at changes meanwhile.
class LookScope {
 public:
  LookScope(const std::optional<c10::Stream>& stream, bool sees_weights);
  ~LookScope();
  LookScope(const LookScope&) = delete;
  LookScope& operator=(const LookScope&) = delete;

 private:
  std::optional<c10::Stream> stream_;
  c10::OptionalStreamGuard guard_;
};

}  // namespace lf
