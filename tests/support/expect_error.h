#pragma once
#include <gtest/gtest.h>

#include <string>

namespace lf::testing {

/// Expects `body` to throw an Error whose text is one line and contains `part`; shows the text
/// otherwise.
template <class Error, class Body>
void expect_error(const std::string& part, Body body) {
  try {
    body();
    ADD_FAILURE() << "nothing was thrown; expected: " << part;
  } catch (const Error& error) {
    const std::string text = error.what();
    EXPECT_NE(text.find(part), std::string::npos) << text;
    EXPECT_EQ(text.find('\n'), std::string::npos) << text;
  }
}

}  // namespace lf::testing
