// The bar on a terminal: redrawn ten times per second.
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "base/environment.h"
#include "base/number_text.h"
#include "cli/progress.h"

namespace lf::cli {
namespace {

constexpr int kBarWidth = 24;

int terminal_columns(int descriptor) {
  winsize size{};
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

int named_columns() {
  const auto columns = parse_integer(environment("COLUMNS"));
  return columns && *columns > 0 && *columns < 100'000 ? static_cast<int>(*columns) : 0;
}

/// A terminal that can return to the beginning of its line and clear it.
bool goes_back() {
  const std::string name = environment("TERM");
  return !name.empty() && name != "dumb" && name != "unknown";
}

/// True when the terminal's encoding, as the locale names it, has block characters.
bool has_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string text = environment(name);
    if (text.empty()) continue;
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
  BarProgress(std::ostream& out, std::function<int()> columns)
      : out_(out), columns_(std::move(columns)), lines_(make_lines(out, false)), utf8_(has_utf8()) {}

  void show(const Snapshot& snapshot) override {
    for (auto news = news_.next(snapshot); !news.empty(); news = news_.next(snapshot))
      out_ << (drawn_ ? "\r\033[K" : "") << news << '\n';
    const int columns = columns_();
    if (columns < kLeastBarColumns) {  // the terminal became narrower
      close();
      return lines_->show(snapshot);
    }
    draw(snapshot, columns);
  }
  void close() override {
    if (drawn_) out_ << "\r\033[K" << std::flush;
    drawn_ = false;
  }

 private:
  void draw(const Snapshot& snapshot, int columns) {
    const int filled = static_cast<int>(progress_share(snapshot) * kBarWidth + 0.5);
    std::string text = progress_text(snapshot);
    if (!utf8_) replace_dots(text);
    const std::string bar =
        repeated(utf8_ ? "█" : "#", filled) + repeated(utf8_ ? "░" : ".", kBarWidth - filled) + " ";
    out_ << '\r' << bar << shortened(text, columns - kBarWidth - 2) << "\033[K" << std::flush;
    drawn_ = true;
  }
  static void replace_dots(std::string& text) {
    for (size_t at; (at = text.find(" · ")) != std::string::npos;) text.replace(at, 4, ", ");
  }

  std::ostream& out_;
  std::function<int()> columns_;
  std::unique_ptr<Progress> lines_;  ///< for a terminal that is too narrow
  Announcements news_;
  bool utf8_, drawn_ = false;
};

}  // namespace

int bar_columns(int descriptor) {
  if (isatty(descriptor) == 0 || !goes_back()) return 0;
  const int terminal = terminal_columns(descriptor), named = named_columns();
  return terminal > 0 && named > 0 ? std::min(terminal, named) : std::max(terminal, named);
}

std::unique_ptr<Progress> make_bar(std::ostream& out, std::function<int()> columns) {
  return std::make_unique<BarProgress>(out, std::move(columns));
}

}  // namespace lf::cli
