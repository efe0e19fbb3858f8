// Whether a key belongs to the text field or to an input method.
#include "app/screen/composition.h"

#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace lf::app {
namespace {

class CompositionTest : public ::testing::Test {
 protected:
  void key(int place, InputEvent::Action action = InputEvent::Action::Press) {
    InputEvent e;
    e.place = e.code = place;
    e.action = action;
    if (place >= GLFW_KEY_A && place <= GLFW_KEY_Z) e.symbol = static_cast<char>(place - GLFW_KEY_A + 'a');
    note(composition.key(e, typing, now));
  }
  void character() { note(composition.character(now)); }
  void pass(double seconds) {
    now += seconds;
    note(composition.look(now));
  }
  void note(const std::vector<InputEvent>& events) {
    for (const InputEvent& e : events) {
      const bool release = e.action == InputEvent::Action::Release;
      given += e.place == GLFW_KEY_ENTER       ? (release ? "e" : "E")
               : e.place == GLFW_KEY_BACKSPACE ? (release ? "b" : "B")
               : release                       ? "k"
                                               : "K";
    }
  }
  /// The events passed on since the last call.
  std::string taken() { return std::exchange(given, ""); }
  Composition composition;
  bool typing = true;
  double now = 10;
  std::string given;
};

TEST_F(CompositionTest, WithoutAnInputMethodEveryKeyIsTheFields) {
  for (int i = 0; i < 3; ++i) key(GLFW_KEY_A), character(), key(GLFW_KEY_A, InputEvent::Action::Release);
  key(GLFW_KEY_BACKSPACE);
  key(GLFW_KEY_ENTER);
  EXPECT_EQ(taken(), "KkKkKkBE");
  EXPECT_FALSE(composition.waiting());
}

TEST_F(CompositionTest, WhileOneComposesTheInputMethodHasBackspaceAndEnter) {
  for (int i = 0; i < 3; ++i) key(GLFW_KEY_M), pass(0.2);
  key(GLFW_KEY_BACKSPACE);
  key(GLFW_KEY_ENTER);
  EXPECT_EQ(taken(), "KKK");
  key(GLFW_KEY_ENTER);
  EXPECT_EQ(taken(), "E") << "the first one ended it";
}

TEST_F(CompositionTest, WhatWasCommittedLeavesNothingBehind) {
  for (int i = 0; i < 5; ++i) key(GLFW_KEY_N), pass(0.1);
  character();
  character();  // five letters, two characters
  pass(1);
  key(GLFW_KEY_ENTER);
  EXPECT_EQ(taken(), "KKKKKE");
}

TEST_F(CompositionTest, LettersThatWereTakenBackLeaveNothingBehind) {
  key(GLFW_KEY_N), key(GLFW_KEY_I), pass(0.5);
  key(GLFW_KEY_BACKSPACE), key(GLFW_KEY_BACKSPACE);
  EXPECT_EQ(taken(), "KK");
  key(GLFW_KEY_BACKSPACE);
  EXPECT_EQ(taken(), "B");
}

TEST_F(CompositionTest, AFastEnterWaitsForItsCharacters) {
  key(GLFW_KEY_A), key(GLFW_KEY_B), key(GLFW_KEY_ENTER), key(GLFW_KEY_ENTER, InputEvent::Action::Release);
  EXPECT_EQ(taken(), "KK");
  EXPECT_TRUE(composition.waiting());
  pass(0.05), character();
  EXPECT_EQ(taken(), "");
  pass(0.2), character();
  EXPECT_EQ(taken(), "Ee") << "the input method passed all of them on";
}

TEST_F(CompositionTest, AFastEnterThatIsNotAnsweredIsTheInputMethods) {
  key(GLFW_KEY_A), key(GLFW_KEY_ENTER), key(GLFW_KEY_ENTER, InputEvent::Action::Release);
  pass(0.4);
  EXPECT_EQ(taken(), "Ke");
  EXPECT_FALSE(composition.waiting());
}

TEST_F(CompositionTest, AKeyThatWasDownGoesUp) {
  key(GLFW_KEY_BACKSPACE);
  key(GLFW_KEY_N), pass(1);
  key(GLFW_KEY_BACKSPACE, InputEvent::Action::Release);
  EXPECT_EQ(taken(), "BKb");
}

TEST_F(CompositionTest, OutsideOfTextFieldsAndAfterAClickNothingIsKept) {
  typing = false;
  key(GLFW_KEY_S), pass(1), key(GLFW_KEY_ENTER);
  EXPECT_EQ(taken(), "KE");
  typing = true;
  key(GLFW_KEY_S), key(GLFW_KEY_ENTER);
  note(composition.end());
  EXPECT_EQ(taken(), "KE");
}

}  // namespace
}  // namespace lf::app
