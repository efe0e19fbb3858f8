#include "app/file_dialog.h"

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <utility>
#include <vector>

#include "base/paths.h"
#include "panels/files/state.h"

namespace lf::app {
namespace {

constexpr size_t kLongestPath = 64 << 10;

using Words = std::vector<std::string>;

/// What zenity is called with.
Words zenity_words(panels::FilesMode mode, const std::string& path) {
  Words words{"--file-selection", "--title=Latent Flow Explorer"};
  if (mode == panels::FilesMode::Import) words.emplace_back("--directory");
  if (panels::writes_file(mode)) {
    words.emplace_back("--save");
    words.emplace_back("--confirm-overwrite");
  }
  if (!path.empty()) words.push_back("--filename=" + path);
  return words;
}

Words kdialog_words(panels::FilesMode mode, const std::string& path) {
  const std::string from = path.empty() ? "." : path;
  if (mode == panels::FilesMode::Import) return {"--getexistingdirectory", from};
  if (mode == panels::FilesMode::Open) return {"--getopenfilename", from};
  return {"--getsavefilename", from};
}

bool is_zenity(const std::string& program) { return program.substr(program.rfind('/') + 1) == "zenity"; }

}  // namespace

std::string FileDialog::program() {
  // Looked for once: it is asked in every frame of the files panel.
  static const std::string known = [] {
    for (const char* name : {"zenity", "kdialog"})
      if (const auto found = program_in_path(name); !found.empty()) return found.string();
    return std::string();
  }();
  return known;
}

FileDialog::FileDialog() { child_.end_with(SIGTERM); }

FileDialog::~FileDialog() {
  if (output_ >= 0) close(output_);
}

bool FileDialog::start(panels::FilesMode mode, const std::string& path) {
  const std::string chosen = program();
  int ends[2];
  if (chosen.empty() || is_open() || pipe2(ends, O_CLOEXEC) != 0) return false;
  const Words arguments = is_zenity(chosen) ? zenity_words(mode, path) : kdialog_words(mode, path);
  const bool started = child_.start(chosen, arguments, {-1, ends[1], -1});
  close(ends[1]);
  if (!started) {
    close(ends[0]);
    return false;
  }
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  output_ = ends[0];
  text_.clear();
  return true;
}

void FileDialog::read_all() {
  char block[4096];
  for (ssize_t n; (n = read(output_, block, sizeof block)) > 0;)
    if (text_.size() < kLongestPath) text_.append(block, size_t(n));
}

std::optional<std::string> FileDialog::take_choice() {
  if (!is_open()) return std::nullopt;
  read_all();
  const std::optional<int> status = child_.poll();
  if (!status) return std::nullopt;
  read_all();  // what came before it ended
  close(std::exchange(output_, -1));
  if (*status != 0) return "";
  return text_.substr(0, text_.find('\n'));
}

}  // namespace lf::app
