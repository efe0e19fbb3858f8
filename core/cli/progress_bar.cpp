// The bar on a terminal: drawn over itself ten times a second.
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "cli/progress.h"

namespace lf {
namespace {

constexpr int kBarWidth = 24, kWidthWithoutTerminal = 100;

int terminal_width() {
  winsize size{};
  const bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : kWidthWithoutTerminal;
}

/// True when the terminal's encoding, as the locale names it, has block characters.
bool has_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (!value || !*value) continue;
    const std::string text(value);
    return text.find("UTF-8") != std::string::npos || text.find("utf8") != std::string::npos;
  }
  return false;
}

std::string repeated(const std::string& part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += part;
  return text;
}

/// The first `columns` characters of UTF-8 text (each counted as one column).
std::string shortened(const std::string& text, int columns) {
  size_t i = 0;
  for (; i < text.size(); ++i) {
    const bool starts = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    if (starts && columns-- == 0) break;
  }
  return text.substr(0, i);
}

class BarProgress : public Progress {
 public:
  explicit BarProgress(std::ostream& out) : out_(out), utf8_(has_utf8()) {}

  void show(const Snapshot& snapshot) override {
    for (auto news = news_.next(snapshot); !news.empty(); news = news_.next(snapshot))
      out_ << "\r\033[K" << news << '\n';
    const int filled = static_cast<int>(progress_share(snapshot) * kBarWidth + 0.5);
    std::string text = progress_text(snapshot);
    if (!utf8_) replace_dots(text);
    const std::string bar =
        repeated(utf8_ ? "█" : "#", filled) + repeated(utf8_ ? "░" : ".", kBarWidth - filled) + " ";
    out_ << '\r' << bar << shortened(text, std::max(10, terminal_width() - kBarWidth - 2)) << "\033[K"
         << std::flush;
    drawn_ = true;
  }
  void close() override {
    if (drawn_) out_ << "\r\033[K" << std::flush;
    drawn_ = false;
  }

 private:
  static void replace_dots(std::string& text) {
    for (size_t at; (at = text.find(" · ")) != std::string::npos;) text.replace(at, 4, ", ");
  }

  std::ostream& out_;
  Announcements news_;
  bool utf8_, drawn_ = false;
};

}  // namespace

std::unique_ptr<Progress> make_bar(std::ostream& out) { return std::make_unique<BarProgress>(out); }

}  // namespace lf
