#include "files/event/event_bytes.h"

#include <gtest/gtest.h>

#include "base/errors.h"
#include "event_reader.h"
#include "files/image/png.h"

namespace lf::files {
namespace {

using testing::read_event;
using testing::ReadEvent;

/// Examples of the encoding's public description, and its limits.
TEST(EventBytes, Varints) {
  EXPECT_EQ(varint_bytes(0), std::string(1, '\0'));
  EXPECT_EQ(varint_bytes(1), "\x01");
  EXPECT_EQ(varint_bytes(127), "\x7F");
  EXPECT_EQ(varint_bytes(150), "\x96\x01");
  EXPECT_EQ(varint_bytes(UINT64_MAX), std::string(9, '\xFF') + "\x01");
}

/// A whole event, byte by byte: wall_time 1.0, step 300, summary { value { tag "a" simple_value 0.5 } }.
TEST(EventBytes, OneNumber) {
  const std::string bytes = values_event({1.0, 300}, {{"a", 0.5f}});
  const std::string expected{
      "\x09\x00\x00\x00\x00\x00\x00\xF0\x3F"  // field 1, 64 bits
      "\x10\xAC\x02"                          // field 2, varint
      "\x2A\x0A"                              // field 5, 10 bytes
      "\x0A\x08"                              // value: field 1, 8 bytes
      "\x0A\x01"
      "a"
      "\x15\x00\x00\x00\x3F",  // tag, simple_value
      9 + 3 + 2 + 2 + 3 + 5};
  EXPECT_EQ(bytes, expected);
}

TEST(EventBytes, VersionAndRestart) {
  const ReadEvent version = read_event(version_event(1.5e9));
  EXPECT_EQ(version.version, "brain.Event:2");
  EXPECT_EQ(version.seconds, 1.5e9);
  const ReadEvent restart = read_event(restart_event({2.5, 1'000'000}));
  EXPECT_TRUE(restart.restart);
  EXPECT_EQ(restart.step, 1'000'000);
}

TEST(EventBytes, ARecordHasItsLengthAndBothChecksums) {
  for (const std::string& data : {std::string(), std::string("x"), std::string(70000, '\x80')}) {
    const std::string record = record_bytes(data);
    EXPECT_EQ(record.size(), data.size() + 16);
    EXPECT_EQ(testing::read_records(record + record), (std::vector<std::string>{data, data}));
    std::string damaged = record;
    damaged[damaged.size() - 5] = static_cast<char>(damaged[damaged.size() - 5] ^ 1);
    EXPECT_THROW(testing::read_records(damaged), std::runtime_error);
  }
}

TEST(EventBytes, ImagesHaveTheSizeOfTheirPng) {
  for (const int channels : {1, 2, 3, 4}) {
    Image8 pixels;
    pixels.width = 300;
    pixels.height = 7;
    pixels.channels = channels;
    pixels.pixels.assign(static_cast<size_t>(300 * 7 * channels), 99);
    const std::vector<uint8_t> png = encode_png(pixels);
    const ReadEvent event =
        read_event(values_event({1, 2}, {{"flow/samples", event_image(png)}, {"b", 3.f}}));
    ASSERT_EQ(event.images.size(), 1u);
    const testing::ReadImage& image = event.images.at("flow/samples");
    EXPECT_EQ(image.width, 300u);
    EXPECT_EQ(image.height, 7u);
    EXPECT_EQ(image.channels, static_cast<uint64_t>(channels));
    EXPECT_EQ(image.png, std::string(png.begin(), png.end()));
    EXPECT_EQ(event.numbers.at("b"), 3.f);
  }
  EXPECT_THROW(event_image({}), InputError);
  EXPECT_THROW(event_image(std::vector<uint8_t>(100, 'x')), InputError);
}

}  // namespace
}  // namespace lf::files
