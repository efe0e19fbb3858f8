// The bytes of TensorBoard's events: protocol buffers Event, Summary and Summary.Image, and the
// records of an event file. Only the fields that a training run needs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace lf::files {

/// A PNG with its size in pixels.
struct EventImage {
  int height = 0, width = 0, channels = 1;  ///< channels: 1 grey, 2 grey + alpha, 3 RGB, 4 RGBA
  std::vector<uint8_t> png;
};

/// One value of an event: a number or an image under a tag such as "flow/loss".
struct EventValue {
  std::string tag;
  std::variant<float, EventImage> value;
};

/// When something happened.
struct EventTime {
  double seconds = 0;  ///< since 1970
  int64_t step = 0;    ///< optimiser step, >= 0
};

/// An unsigned number in groups of seven bits, the lowest first, each but the last with the bit
/// 0x80 (at most ten bytes).
std::string varint_bytes(uint64_t number);

/// The first event of a file: the version of its format.
std::string version_event(double seconds);

/// An event that says: everything of this step and later steps that came before is no longer
/// valid, because training continues from an earlier state.
std::string restart_event(const EventTime& time);

/// An event with some values.
std::string values_event(const EventTime& time, const std::vector<EventValue>& values);

/// A record of an event file: length (8 bytes, little-endian), its masked CRC-32C, data, their
/// masked CRC-32C.
std::string record_bytes(std::string_view data);

/// The image of a PNG: its size is read from its header. Throws InputError if it has none.
EventImage event_image(std::vector<uint8_t> png);

}  // namespace lf::files
