// Shortcuts by letter on several keyboard layouts.
#include "app/input/key_letters.h"

#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

#include <string>

namespace lf::app {
namespace {

/// A layout by its differences from a US keyboard; '\0' writes no ASCII.
struct Layout {
  std::string places, symbols;
  char operator()(int place, int scancode) const {
    if (place == GLFW_KEY_UNKNOWN) return scancode == 93 ? 'q' : '\0';
    if (place < 33 || place > GLFW_KEY_GRAVE_ACCENT) return '\0';
    const size_t at = places.find(static_cast<char>(place));
    const char plain =
        place >= 'A' && place <= 'Z' ? static_cast<char>(place - 'A' + 'a') : static_cast<char>(place);
    return at == std::string::npos ? plain : symbols[at];
  }
};

const Layout kUs{"", ""};
const Layout kFrench{"AQZWM;1234567890-=[]'", std::string("qawz,m&\0\"'(-\0_\0\0)=^$\0", 21)};
const Layout kGerman{"YZ-=[];'", std::string("zy\0\0\0+\0\0", 8)};
const Layout kDvorak{"QWERTYUIOPSDFGHJKL;ZXCVBN,./-=[]'", "',.pyfgcrloeuidhtns;qjkxbwvz[]/=-"};
const Layout kRussian{"ABCDEFGHIJKLMNOPQRSTUVWXYZ;',.[]", std::string(32, '\0')};
const Layout kHebrew{"ABCDEFGHIJKLMNOPQRSTUVWXYZ;',.[]",
                     std::string("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0/\0\0\0\0\0'\0\0\0\0,\0\0\0\0", 32)};

TEST(KeyLetters, ALetterIsWhereTheLayoutHasIt) {
  EXPECT_EQ(shortcut_key(GLFW_KEY_Q, 24, kUs), GLFW_KEY_Q);
  EXPECT_EQ(shortcut_key(GLFW_KEY_A, 38, kFrench), GLFW_KEY_Q);
  EXPECT_EQ(shortcut_key(GLFW_KEY_Q, 24, kFrench), GLFW_KEY_A);
  EXPECT_EQ(shortcut_key(GLFW_KEY_SEMICOLON, 47, kFrench), GLFW_KEY_M);
  EXPECT_EQ(shortcut_key(GLFW_KEY_Y, 29, kGerman), GLFW_KEY_Z);
  EXPECT_EQ(shortcut_key(GLFW_KEY_SEMICOLON, 47, kDvorak), GLFW_KEY_S);
  EXPECT_EQ(shortcut_key(GLFW_KEY_X, 53, kDvorak), GLFW_KEY_Q);
}

TEST(KeyLetters, AnotherKeyOfALatinLayoutIsNoLetter) {
  EXPECT_EQ(shortcut_key(GLFW_KEY_Q, 24, kDvorak), GLFW_KEY_UNKNOWN) << "Ctrl+' must not quit";
  EXPECT_EQ(shortcut_key(GLFW_KEY_M, 58, kFrench), GLFW_KEY_UNKNOWN);
}

TEST(KeyLetters, WithoutLatinLettersThePlaceStandsForThem) {
  for (const Layout& layout : {kRussian, kHebrew}) {
    EXPECT_EQ(shortcut_key(GLFW_KEY_Q, 24, layout), GLFW_KEY_Q);
    EXPECT_EQ(shortcut_key(GLFW_KEY_S, 39, layout), GLFW_KEY_S);
  }
}

TEST(KeyLetters, OtherKeysStayTheirPlace) {
  for (const int place : {GLFW_KEY_ENTER, GLFW_KEY_F1, GLFW_KEY_SPACE, GLFW_KEY_LEFT_CONTROL, GLFW_KEY_1})
    EXPECT_EQ(shortcut_key(place, 10, kFrench), place);
}

TEST(KeyLetters, AKeyThatGotItsMeaningJustNowIsKnownByIt) {
  EXPECT_EQ(shortcut_key(GLFW_KEY_UNKNOWN, 93, kRussian), GLFW_KEY_Q)
      << "a keyboard on the screen sends such keys";
  EXPECT_EQ(shortcut_key(GLFW_KEY_UNKNOWN, 94, kRussian), GLFW_KEY_UNKNOWN);
}

}  // namespace
}  // namespace lf::app
