// What a fuzz target is: one parser, and the promise that every parser of the program keeps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/errors.h"

namespace lf::fuzz {

/// Feeds one input to the parser. Each NAME_fuzz.cpp defines it; libFuzzer (`./dev fuzz`) and the replay of
/// the corpus (`./dev test`) call it. What leaves it as an exception ends the process, and so is found.
void fuzz_one(const uint8_t* data, size_t size);

/// Ends the process unless `holds`; `what` says what should have held.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "not kept: %s\n", what);
  std::abort();
}

/// Runs `parse`, which may return or throw an InputError of one line; nothing else. True when it returned.
template <class Parse>
bool sound_or_refused(Parse parse) {
  try {
    parse();
    return true;
  } catch (const InputError& error) {
    const std::string text = error.what();
    require(!text.empty(), "an error says something");
    require(text.find_first_of("\n\r") == std::string::npos, "an error is one line");
    return false;
  }
}

inline std::string text_of(const uint8_t* data, size_t size) {
  return std::string(reinterpret_cast<const char*>(data), size);
}

inline std::vector<uint8_t> bytes_of(const uint8_t* data, size_t size) { return {data, data + size}; }

}  // namespace lf::fuzz
