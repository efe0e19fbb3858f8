// Another program that runs beside this one.
#pragma once
#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace lf::files {

/// The open files that a child process gets as its standard streams; −1 stands for /dev/null.
struct ChildStreams {
  int input = -1, output = -1, error = -1;
};

/// At most one running program. Descriptors stay the caller's.
class ChildProcess {
 public:
  ChildProcess() = default;
  /// Ends a running program with the signal of end_with().
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// Starts `program` (a path) with these arguments. False if the system cannot start it, or while one runs.
  bool start(const std::string& program, const std::vector<std::string>& arguments,
             const ChildStreams& streams);
  bool running() const { return child_ > 0; }
  /// The signal with which the destructor ends the program; SIGKILL unless chosen.
  void end_with(int signal) { signal_ = signal; }

  /// Waits for its end; its status as waitpid() gives it, 0 for success.
  int wait();
  /// The same without waiting; nothing while it runs.
  std::optional<int> poll();

 private:
  pid_t child_ = -1;
  int signal_ = 9;  // SIGKILL
};

}  // namespace lf::files
