#pragma once
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

#include "test_paths.h"

namespace lf::testing {

/// mirror_server.py as a child process, serving a folder on the loopback while the object lives.
class MirrorServer {
 public:
  /// With a certificate and key it serves https too.
  MirrorServer(const std::filesystem::path& folder, std::filesystem::path log,
               std::filesystem::path certificate = {})
      : log_(std::move(log)), certificate_(std::move(certificate)) {
    int to_child[2], from_child[2];
    if (pipe(to_child) != 0 || pipe(from_child) != 0) throw std::runtime_error("no pipe");
    child_ = fork();
    if (child_ == 0) serve(to_child, from_child, folder);
    close(to_child[0]);
    close(from_child[1]);
    lifeline_ = to_child[1];
    FILE* answer = fdopen(from_child[0], "r");
    if (!answer || std::fscanf(answer, "%d %d", &port_, &secure_port_) != 2)
      throw std::runtime_error("python3 did not start");
    std::fclose(answer);
  }
  ~MirrorServer() {
    close(lifeline_);  // the end of its standard input ends the server
    waitpid(child_, nullptr, 0);
  }
  MirrorServer(const MirrorServer&) = delete;
  MirrorServer& operator=(const MirrorServer&) = delete;

  /// The base URL whose files are served with this behaviour (see mirror_server.py).
  std::string url(const std::string& behaviour) const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/" + behaviour;
  }
  std::string secure_url(const std::string& behaviour) const {
    return "https://127.0.0.1:" + std::to_string(secure_port_) + "/" + behaviour;
  }
  /// All requests so far, one per line: path and range.
  std::string requests() const {
    std::ostringstream text;
    text << std::ifstream(log_).rdbuf();
    return text.str();
  }

 private:
  [[noreturn]] void serve(int* in, int* out, const std::filesystem::path& folder) {
    dup2(in[0], 0);
    dup2(out[1], 1);
    for (int fd : {in[0], in[1], out[0], out[1]}) close(fd);
    const std::string script = std::string(FIXTURES) + "/../support/mirror_server.py";
    execlp("python3", "python3", script.c_str(), folder.c_str(), log_.c_str(), certificate_.c_str(), nullptr);
    _exit(127);
  }
  std::filesystem::path log_, certificate_;
  pid_t child_ = -1;
  int lifeline_ = -1, port_ = 0, secure_port_ = 0;
};

}  // namespace lf::testing
