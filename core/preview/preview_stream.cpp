#include "preview/preview_stream.h"

#include <c10/core/Event.h>
#include <c10/core/impl/VirtualGuardImpl.h>

namespace lf::preview {
namespace {

/// `second` waits, on the device, for what `first` has enqueued so far.
void order(const c10::Stream& first, const c10::Stream& second) {
  c10::Event event(first.device_type());
  event.record(first);
  event.block(second);
}

c10::Stream default_stream(c10::Device device) {
  return c10::impl::VirtualGuardImpl(device.type()).getDefaultStream(device);
}

}  // namespace

std::optional<c10::Stream> preview_stream(c10::Device device) {
  if (device.is_cpu()) return std::nullopt;
  return c10::impl::VirtualGuardImpl(device.type()).getStreamFromGlobalPool(device);
}

PreviewScope::PreviewScope(const std::optional<c10::Stream>& stream, bool sees_weights)
    : stream_(stream), guard_(stream) {
  if (stream_ && sees_weights) order(default_stream(stream_->device()), *stream_);
}

PreviewScope::~PreviewScope() {
  if (stream_) order(*stream_, default_stream(stream_->device()));
}

}  // namespace lf::preview
