// A script that is written while the window is open: lines from standard input or a named pipe.
#pragma once

#include <string>
#include <vector>

namespace lf::app {

/// True if `--script PATH` names such a source: "-" or a named pipe.
bool is_script_channel(const std::string& path);

/// Reads whole lines as they arrive and never waits. It ends with its input; a named pipe has no
/// end, so that one program after another can write to it.
class ScriptChannel {
 public:
  static constexpr size_t kLongestLine = 64 << 10;  ///< bytes

  ScriptChannel() = default;
  /// `path`: see is_script_channel(). Throws InputError if it cannot be opened.
  explicit ScriptChannel(const std::string& path);
  ~ScriptChannel();
  ScriptChannel(ScriptChannel&& other) noexcept;
  ScriptChannel& operator=(ScriptChannel&& other) noexcept;

  /// False once the input has ended, and for one without a source.
  bool open() const { return fd_ >= 0; }
  /// The lines that have arrived since the last call, without their ends. The last one of an input
  /// that has ended needs no end. A line that is too long is cut to kLongestLine + 1 bytes.
  std::vector<std::string> take_lines();

 private:
  void add(const char* bytes, size_t count, std::vector<std::string>& lines);
  void end();

  int fd_ = -1;
  bool owned_ = false;   ///< closed by this object; standard input is not
  std::string partial_;  ///< a line whose end has not arrived
};

}  // namespace lf::app
