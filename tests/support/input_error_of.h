// Errors as people meet them: thrown, of the right kind, in one line that says what is needed.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <initializer_list>
#include <string>

#include "base/errors.h"

namespace lf {

/// The text of the InputError that `action` throws; fails the test when it throws none or more than one line.
inline std::string input_error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const InputError& error) {
    const std::string text = error.what();
    EXPECT_EQ(text.find('\n'), std::string::npos) << "an error is one line: " << text;
    return text;
  }
  ADD_FAILURE() << "no InputError was thrown";
  return "";
}

/// EXPECT_TRUE(has(text, {"a", "b"})): every part stands in the text; says which does not.
inline ::testing::AssertionResult has(const std::string& text, std::initializer_list<std::string> parts) {
  for (const auto& part : parts) {
    if (text.find(part) == std::string::npos) {
      return ::testing::AssertionFailure() << "'" << part << "' is not in: " << text;
    }
  }
  return ::testing::AssertionSuccess();
}

}  // namespace lf
