// A small reader of event files for tests, independent of the writer: records with both checksums,
// and the fields of Event, Summary and Image.
#pragma once
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace lf::testing {

struct ReadImage {
  uint64_t height = 0, width = 0, channels = 0;
  std::string png;
};

struct ReadEvent {
  double seconds = 0;
  int64_t step = 0;
  std::string version;
  bool restart = false;
  std::map<std::string, float> numbers;
  std::map<std::string, ReadImage> images;
};

/// CRC-32C bit by bit, masked.
inline uint32_t slow_masked_crc(const std::string& bytes) {
  uint32_t crc = ~0u;
  for (const char byte : bytes) {
    crc ^= static_cast<uint8_t>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78u : crc >> 1;
  }
  crc = ~crc;
  return ((crc >> 15) | (crc << 17)) + 0xA282EAD8u;
}

/// One field of a message: its number, and its value as a number or as bytes.
struct ReadField {
  uint64_t number = 0, value = 0;
  std::string bytes;
};

/// The fields of a message. Throws for bytes that are none.
inline std::vector<ReadField> read_fields(const std::string& message) {
  std::vector<ReadField> fields;
  size_t at = 0;
  const auto varint = [&] {
    uint64_t number = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      const auto byte = static_cast<uint8_t>(message.at(at++));
      number |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return number;
    }
    throw std::runtime_error("a number of more than ten bytes");
  };
  const auto fixed = [&](size_t size) {
    if (at + size > message.size()) throw std::runtime_error("a field that is cut off");
    uint64_t number = 0;
    std::memcpy(&number, message.data() + at, size);
    at += size;
    return number;
  };
  while (at < message.size()) {
    const uint64_t key = varint();
    ReadField field{key >> 3, 0, ""};
    switch (key & 7) {
      case 0:
        field.value = varint();
        break;
      case 1:
        field.value = fixed(8);
        break;
      case 2: {
        const uint64_t size = varint();
        if (at + size > message.size()) throw std::runtime_error("a field that is cut off");
        field.bytes = message.substr(at, size);
        at += size;
        break;
      }
      case 5:
        field.value = fixed(4);
        break;
      default:
        throw std::runtime_error("a field of an unknown kind");
    }
    fields.push_back(field);
  }
  return fields;
}

inline ReadImage read_image(const std::string& message) {
  ReadImage image;
  for (const ReadField& field : read_fields(message)) {
    if (field.number == 1) image.height = field.value;
    if (field.number == 2) image.width = field.value;
    if (field.number == 3) image.channels = field.value;
    if (field.number == 4) image.png = field.bytes;
  }
  return image;
}

inline void read_value(const std::string& message, ReadEvent& event) {
  std::string tag;
  for (const ReadField& field : read_fields(message)) {
    if (field.number == 1) tag = field.bytes;
    if (field.number == 2) {
      const auto bits = static_cast<uint32_t>(field.value);
      std::memcpy(&event.numbers[tag], &bits, sizeof bits);
    }
    if (field.number == 4) event.images[tag] = read_image(field.bytes);
  }
}

inline ReadEvent read_event(const std::string& message) {
  ReadEvent event;
  for (const ReadField& field : read_fields(message)) {
    if (field.number == 1) std::memcpy(&event.seconds, &field.value, sizeof event.seconds);
    if (field.number == 2) event.step = static_cast<int64_t>(field.value);
    if (field.number == 3) event.version = field.bytes;
    if (field.number == 7) event.restart = read_fields(field.bytes).at(0).value == 1;
    if (field.number != 5) continue;
    for (const ReadField& value : read_fields(field.bytes)) read_value(value.bytes, event);
  }
  return event;
}

/// The data of each record. Throws for a wrong checksum and for a part of a record.
inline std::vector<std::string> read_records(const std::string& bytes) {
  std::vector<std::string> records;
  for (size_t at = 0; at < bytes.size();) {
    const auto part = [&](size_t size) {
      if (at + size > bytes.size()) throw std::runtime_error("a record that is cut off");
      at += size;
      return bytes.substr(at - size, size);
    };
    const auto checked = [&](const std::string& data) {
      uint32_t crc = 0;
      std::memcpy(&crc, part(4).data(), 4);
      if (crc != slow_masked_crc(data)) throw std::runtime_error("a wrong checksum");
      return data;
    };
    uint64_t size = 0;
    std::memcpy(&size, checked(part(8)).data(), 8);
    records.push_back(checked(part(size)));
  }
  return records;
}

inline std::vector<ReadEvent> read_event_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  std::vector<ReadEvent> events;
  for (const std::string& record : read_records(bytes)) events.push_back(read_event(record));
  return events;
}

}  // namespace lf::testing
