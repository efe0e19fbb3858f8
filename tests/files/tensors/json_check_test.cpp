#include "files/tensors/json_check.h"

#include <gtest/gtest.h>

#include "base/errors.h"
#include "expect_error.h"

namespace lf::testing {
namespace {

void check(const std::string& text, int deepest, int levels) {
  files::check_json(text, deepest, levels, [](const std::string& why) { throw InputError(why); });
}

TEST(JsonCheck, NamesThatStandTwiceInOneObject) {
  expect_error<InputError>("'a' twice", [] { check(R"({"a":1,"a":2})", 3, 1); });
  expect_error<InputError>("'b' twice", [] { check(R"({"a":{"b":1,"b":2}})", 3, 2); });
  check(R"({"a":{"b":1},"c":{"b":2}})", 3, 2);
  check(R"({"a":{"b":1,"b":2}})", 3, 1);
}

TEST(JsonCheck, ListsWithinLists) {
  check("[[[1]]]", 2, 1);
  expect_error<InputError>("lists within lists", [] { check("[[[[1]]]]", 2, 1); });
  expect_error<InputError>("lists within lists", [] { check(R"({"a":{"b":{"c":{}}}})", 2, 1); });
  expect_error<InputError>("lists within lists", [] { check(std::string(100000, '['), 2, 1); });
}

TEST(JsonCheck, WhatIsNoJsonIsLeftToTheParser) {
  for (const char* text : {"", "{", "{\"a\":", "no", "[1", "\x80", "{\"a\":1}}"}) check(text, 2, 2);
}

}  // namespace
}  // namespace lf::testing
