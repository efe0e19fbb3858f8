#include "files/event/event_bytes.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/errors.h"
#include "base/overloaded.h"
#include "files/event/crc32c.h"

namespace lf::files {
namespace {

/// How a field's bytes are laid out (encoding of protocol buffers).
enum class Wire : uint64_t { Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5 };

/// Field numbers of the messages in TensorBoard's event.proto and summary.proto.
namespace field {
constexpr uint64_t kWallTime = 1, kStep = 2, kFileVersion = 3, kSummary = 5, kSessionLog = 7;  // Event
constexpr uint64_t kStatus = 1;                                                                // SessionLog
constexpr uint64_t kValue = 1;                                                                 // Summary
constexpr uint64_t kTag = 1, kSimpleValue = 2, kImage = 4;                                     // its Value
constexpr uint64_t kHeight = 1, kWidth = 2, kColorspace = 3, kEncoded = 4;                     // its Image
}  // namespace field

constexpr uint64_t kSessionStart = 1;              ///< SessionLog.START
constexpr const char* kVersion = "brain.Event:2";  ///< the version in which restart_event() counts

/// The bytes of a number, little-endian as protocol buffers and records want them.
template <class Number>
std::string little_endian(Number number) {
  uint64_t bits = 0;
  std::memcpy(&bits, &number, sizeof number);  // a little-endian machine, as of all safetensors here
  std::string bytes;
  for (size_t i = 0; i < sizeof number; ++i) bytes += static_cast<char>((bits >> (8 * i)) & 0xFF);
  return bytes;
}

std::string key(uint64_t number, Wire wire) {
  return varint_bytes((number << 3) | static_cast<uint64_t>(wire));
}

std::string varint_field(uint64_t number, uint64_t value) {
  return key(number, Wire::Varint) + varint_bytes(value);
}

std::string bytes_field(uint64_t number, std::string_view bytes) {
  return key(number, Wire::Bytes) + varint_bytes(bytes.size()) + std::string(bytes);
}

std::string image_message(const EventImage& image) {
  const auto* png = reinterpret_cast<const char*>(image.png.data());
  return varint_field(field::kHeight, static_cast<uint64_t>(image.height)) +
         varint_field(field::kWidth, static_cast<uint64_t>(image.width)) +
         varint_field(field::kColorspace, static_cast<uint64_t>(image.channels)) +
         bytes_field(field::kEncoded, {png, image.png.size()});
}

std::string value_message(const EventValue& value) {
  const std::string content = std::visit(
      Overloaded{[](float number) { return key(field::kSimpleValue, Wire::Fixed32) + little_endian(number); },
                 [](const EventImage& image) { return bytes_field(field::kImage, image_message(image)); }},
      value.value);
  return bytes_field(field::kTag, value.tag) + content;
}

std::string head(const EventTime& time) {
  return key(field::kWallTime, Wire::Fixed64) + little_endian(time.seconds) +
         varint_field(field::kStep, static_cast<uint64_t>(time.step));
}

int big_endian(const std::vector<uint8_t>& bytes, size_t from) {
  int number = 0;
  for (size_t i = 0; i < 4; ++i) number = (number << 8) | bytes[from + i];
  return number;
}

}  // namespace

std::string varint_bytes(uint64_t number) {
  std::string bytes;
  for (; number >= 0x80; number >>= 7) bytes += static_cast<char>((number & 0x7F) | 0x80);
  return bytes + static_cast<char>(number);
}

std::string version_event(double seconds) {
  return head({seconds, 0}) + bytes_field(field::kFileVersion, kVersion);
}

std::string restart_event(const EventTime& time) {
  return head(time) + bytes_field(field::kSessionLog, varint_field(field::kStatus, kSessionStart));
}

std::string values_event(const EventTime& time, const std::vector<EventValue>& values) {
  std::string summary;
  for (const EventValue& value : values) summary += bytes_field(field::kValue, value_message(value));
  return head(time) + bytes_field(field::kSummary, summary);
}

std::string record_bytes(std::string_view data) {
  const std::string length = little_endian(static_cast<uint64_t>(data.size()));
  return length + little_endian(masked_crc32c(length)) + std::string(data) +
         little_endian(masked_crc32c(data));
}

EventImage event_image(std::vector<uint8_t> png) {
  // Signature (8 bytes), length and name of the chunk IHDR (8), width, height, bit depth, colour type.
  constexpr size_t kWidthAt = 16, kHeightAt = 20, kColourAt = 25;
  constexpr std::array<uint8_t, 8> kSignature{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  if (png.size() <= kColourAt || !std::equal(kSignature.begin(), kSignature.end(), png.begin()))
    throw InputError("an image of an event must be a PNG");
  constexpr std::array<int, 7> kChannels{1, 0, 3, 3, 2, 0, 4};  // by colour type; a palette has RGB
  EventImage image;
  image.width = big_endian(png, kWidthAt);
  image.height = big_endian(png, kHeightAt);
  image.channels = kChannels[std::min<size_t>(png[kColourAt], kChannels.size() - 1)];
  image.png = std::move(png);
  return image;
}

}  // namespace lf::files
