// One line of a command, and the line that the log would keep of it.
#include "fuzz_target.h"
#include "protocol/commands.h"

namespace lf::fuzz {

void fuzz_one(const uint8_t* data, size_t size) {
  sound_or_refused([&] { split_words(text_of(data, size)); });
  std::string logged;
  if (!sound_or_refused([&] { logged = format_command(parse_command(text_of(data, size))); })) return;
  require(logged.find('\n') == std::string::npos, "a command is one line of the log");
  const Command again = parse_command(logged);  // must not be refused: a session can be repeated from its log
  require(format_command(again) == logged, "the log's line means the same command");
}

}  // namespace lf::fuzz
