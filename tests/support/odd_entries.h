// Entries among runs that are no runs.
#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <vector>

#include "files/atomic_write.h"

namespace lf::testing {

/// Creates such entries in `root`; returns the names of those that must be reported. The others are
/// no error.
inline std::vector<std::string> lay_odd_entries(const std::filesystem::path& root) {
  namespace fs = std::filesystem;
  fs::create_symlink("loop", root / "loop");
  fs::create_symlink("nowhere", root / "dangling");
  EXPECT_EQ(mkfifo((root / "pipe").c_str(), 0600), 0);
  for (const char* run : {"circle", "empty-link", "pipe-model", "folder-model", "unsaved"})
    fs::create_directory(root / run);
  fs::create_symlink("model.safetensors", root / "circle/model.safetensors");
  fs::create_symlink("/nowhere/at/all", root / "empty-link/checkpoint.safetensors");
  EXPECT_EQ(mkfifo((root / "pipe-model/model.safetensors").c_str(), 0600), 0);
  fs::create_directory(root / "folder-model/model.safetensors");
  files::write_file_atomically(root / "notes.txt", std::string("mine"));
  files::write_file_atomically(root / ".DS_Store", std::string("x"));
  return {"loop", "dangling", "pipe", "circle", "empty-link", "pipe-model", "folder-model"};
}

/// How many of `lines` contain `part`.
inline int lines_with(const std::vector<std::string>& lines, const std::string& part) {
  int count = 0;
  for (const std::string& line : lines) count += line.find(part) != std::string::npos;
  return count;
}

}  // namespace lf::testing
