#include "files/child_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <utility>

extern char** environ;

namespace lf::files {
namespace {

void set_stream(posix_spawn_file_actions_t& actions, int given, int stream) {
  if (given >= 0)
    posix_spawn_file_actions_adddup2(&actions, given, stream);
  else
    posix_spawn_file_actions_addopen(&actions, stream, "/dev/null",
                                     stream == STDIN_FILENO ? O_RDONLY : O_WRONLY, 0);
}

}  // namespace

ChildProcess::~ChildProcess() {
  if (!running()) return;
  kill(child_, signal_);
  wait();
}

bool ChildProcess::start(const std::string& program, const std::vector<std::string>& arguments,
                         const ChildStreams& streams) {
  if (running()) return false;
  std::vector<char*> words{const_cast<char*>(program.c_str())};
  for (const auto& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  set_stream(actions, streams.input, STDIN_FILENO);
  set_stream(actions, streams.output, STDOUT_FILENO);
  set_stream(actions, streams.error, STDERR_FILENO);
  const int error = posix_spawn(&child_, program.c_str(), &actions, nullptr, words.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) child_ = -1;
  return error == 0;
}

int ChildProcess::wait() {
  int status = 0;
  while (waitpid(child_, &status, 0) < 0 && errno == EINTR) {
  }
  child_ = -1;
  return status;
}

std::optional<int> ChildProcess::poll() {
  int status = 0;
  const pid_t ended = running() ? waitpid(child_, &status, WNOHANG) : 0;
  if (ended == 0 || (ended < 0 && errno == EINTR)) return std::nullopt;
  child_ = -1;
  return status;
}

}  // namespace lf::files
