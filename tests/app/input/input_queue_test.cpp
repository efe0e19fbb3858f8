// Which keyboard and mouse events are released in the same frame.
#include "app/input/input_queue.h"

#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

#include <string>

namespace lf::app {
namespace {

using Kind = InputEvent::Kind;
using Action = InputEvent::Action;

InputEvent key(int place, Action action, int modifiers = 0) {
  InputEvent e;
  e.kind = Kind::Key;
  e.place = e.code = place;
  e.action = action;
  e.modifiers = modifiers;
  return e;
}

InputEvent character(char c) {
  InputEvent e;
  e.kind = Kind::Character;
  e.code = c;
  return e;
}

InputEvent button(Action action) {
  InputEvent e;
  e.kind = Kind::Button;
  e.action = action;
  return e;
}

InputEvent at(double x, Kind kind = Kind::Cursor) {
  InputEvent e;
  e.kind = kind;
  e.x = x;
  return e;
}

class InputQueueTest : public ::testing::Test {
 protected:
  void tap(int place, int modifiers = 0) {
    queue.push(key(place, Action::Press, modifiers));
    queue.push(key(place, Action::Release, modifiers));
  }
  void type(char c) {
    queue.push(key(c, Action::Press));
    queue.push(character(c));
    queue.push(key(c, Action::Release));
  }
  void click() {
    queue.push(button(Action::Press));
    queue.push(button(Action::Release));
  }
  /// The frames until the queue is empty: K press, k release, the character, B press, b release, M
  /// mouse, W wheel; | ends a frame, empty frames count as _.
  std::string frames() {
    std::string text;
    for (int i = 0; i < 100 && !queue.empty(); ++i) {
      const auto frame = queue.take_frame();
      for (const InputEvent& e : frame) text += sign(e);
      text += frame.empty() ? "_" : "|";
    }
    return text;
  }
  static std::string sign(const InputEvent& e) {
    const bool release = e.action == Action::Release;
    switch (e.kind) {
      case Kind::Key:
        return release ? "k" : "K";
      case Kind::Button:
        return release ? "b" : "B";
      case Kind::Cursor:
        return "M";
      case Kind::Scroll:
        return "W";
      default:
        return std::string(1, static_cast<char>(e.code));
    }
  }
  InputQueue queue;
};

TEST_F(InputQueueTest, ATapIsSeenDownAndUp) {
  for (const int place : {GLFW_KEY_ENTER, GLFW_KEY_BACKSPACE, GLFW_KEY_LEFT, GLFW_KEY_TAB, GLFW_KEY_DELETE}) {
    queue = {};
    tap(place);
    EXPECT_EQ(frames(), "K|k|") << place;
  }
}

TEST_F(InputQueueTest, TypingComesInOneFrameAndEnterAfterIt) {
  for (const char c : std::string("aab")) type(c);
  tap(GLFW_KEY_ENTER);
  EXPECT_EQ(frames(), "KakKakKbkK|k|");
}

TEST_F(InputQueueTest, OfKeysThatActAFieldGetsOneAFrame) {
  tap(GLFW_KEY_BACKSPACE);
  tap(GLFW_KEY_BACKSPACE);
  tap(GLFW_KEY_HOME);
  type('x');
  EXPECT_EQ(frames(), "K|k|K|kK|kKxk|") << "and no character overtakes one";
}

TEST_F(InputQueueTest, AModifierIsHeldForItsKey) {
  queue.push(key(GLFW_KEY_LEFT_CONTROL, Action::Press));
  tap(GLFW_KEY_A, GLFW_MOD_CONTROL);
  queue.push(key(GLFW_KEY_LEFT_CONTROL, Action::Release, GLFW_MOD_CONTROL));
  EXPECT_EQ(frames(), "KK|kk|");
}

TEST_F(InputQueueTest, APointerThatJumpsInHoversBeforeItPresses) {
  queue.push(at(10));
  click();
  queue.push(at(500));
  click();
  EXPECT_EQ(frames(), "M|B|b|M|B|b|");
}

TEST_F(InputQueueTest, ADoubleClickIsTwo) {
  click();
  click();
  EXPECT_EQ(frames(), "B|b|B|b|");
}

TEST_F(InputQueueTest, ADragKeepsWhereItBeganAndEnded) {
  queue.push(button(Action::Press));
  queue.push(at(20));
  queue.push(at(30));
  queue.push(button(Action::Release));
  queue.push(at(40));
  EXPECT_EQ(frames(), "B|MM|b|M|");
}

TEST_F(InputQueueTest, MovementsAndTurnsOfTheWheelAreNotHeldUp) {
  for (int i = 0; i < 4; ++i) queue.push(at(i)), queue.push(at(i, Kind::Scroll));
  EXPECT_EQ(frames(), "MWMWMWMW|");
  queue.push(at(0, Kind::Scroll));
  queue.push(at(900));
  EXPECT_EQ(frames(), "W|M|") << "but a wheel turns where the mouse was";
}

TEST_F(InputQueueTest, KeysWaitForWhatAClickOpens) {
  click();
  type('7');
  EXPECT_EQ(frames(), "B|b|___K7k|");
}

TEST_F(InputQueueTest, KeysWaitForWhatAShortcutOpensAndReleasesDoNot) {
  tap(GLFW_KEY_O, GLFW_MOD_CONTROL);
  queue.push(key(GLFW_KEY_LEFT_CONTROL, Action::Release, GLFW_MOD_CONTROL));
  type('/');
  EXPECT_EQ(frames(), "K|kk|__K/k|");
}

TEST_F(InputQueueTest, RepeatsFollowAtOnce) {
  queue.push(key(GLFW_KEY_RIGHT, Action::Press));
  for (int i = 0; i < 3; ++i) queue.push(key(GLFW_KEY_RIGHT, Action::Repeat));
  EXPECT_EQ(frames(), "KKKK|");
}

}  // namespace
}  // namespace lf::app
