#include "base/typed_path.h"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>

namespace lf {
namespace {

/// The home folder of a user, "" for one that nobody knows; the caller's own where no name is given.
std::string home_of(const std::string& user) {
  const char* named = std::getenv("HOME");
  if (user.empty() && named != nullptr && named[0] == '/') return named;
  const passwd* known = user.empty() ? getpwuid(getuid()) : getpwnam(user.c_str());
  return known != nullptr && known->pw_dir != nullptr ? known->pw_dir : "";
}

std::string from_home(const std::string& text) {
  const size_t end = text.find('/');
  const std::string home = home_of(text.substr(1, end == std::string::npos ? end : end - 1));
  if (home.empty()) return text;
  return end == std::string::npos ? home : home + text.substr(end);
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// `%20` and the like are bytes; a stray % stays.
std::string unescaped(const std::string& text) {
  std::string plain;
  for (size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = high < 0 ? -1 : hex_digit(text[i + 2]);
    const bool escape = low >= 0 && (high > 0 || low > 0);  // no path holds a byte 0
    plain += escape ? static_cast<char>(16 * high + low) : text[i];
    if (escape) i += 2;
  }
  return plain;
}

/// Of file:///a, file://localhost/a and file:/a; addresses of other machines stay as they are.
std::string from_address(const std::string& text) {
  std::string rest = text.substr(std::string("file:").size());
  if (rest.rfind("//localhost/", 0) == 0) rest = rest.substr(std::string("//localhost").size());
  if (rest.rfind("///", 0) == 0) rest = rest.substr(2);
  const bool here = !rest.empty() && rest[0] == '/' && rest.rfind("//", 0) != 0;
  return here ? unescaped(rest) : text;
}

/// Without the quotes that a terminal pastes around a path.
std::string without_quotes(const std::string& text) {
  const bool quoted = text.size() > 3 && (text[0] == '\'' || text[0] == '"') && text.back() == text[0];
  return quoted && (text[1] == '/' || text[1] == '~') ? text.substr(1, text.size() - 2) : text;
}

}  // namespace

std::string typed_path(const std::string& text) {
  const std::string path = without_quotes(text);
  if (path.rfind("~", 0) == 0) return from_home(path);
  return path.rfind("file:/", 0) == 0 ? from_address(path) : path;
}

}  // namespace lf
