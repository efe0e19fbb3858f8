// A separate stream for previews, so that they are computed beside the training and not after its
// enqueued steps.
#pragma once

#include <c10/core/Device.h>
#include <c10/core/Stream.h>
#include <c10/core/StreamGuard.h>

#include <optional>

namespace lf::preview {

/// A preview stream of `device`; none on the processor, which has no streams.
std::optional<c10::Stream> preview_stream(c10::Device device);

/// While an object lives, this thread's operations are enqueued on `stream` (no change if there is
/// none). With `sees_weights` it starts after all operations of the default stream, when the
/// weights are complete. The default stream always continues after it, so that the data of a
/// preview do not change meanwhile.
class PreviewScope {
 public:
  PreviewScope(const std::optional<c10::Stream>& stream, bool sees_weights);
  ~PreviewScope();
  PreviewScope(const PreviewScope&) = delete;
  PreviewScope& operator=(const PreviewScope&) = delete;

 private:
  std::optional<c10::Stream> stream_;
  c10::OptionalStreamGuard guard_;
};

}  // namespace lf::preview
