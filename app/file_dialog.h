// The desktop's own file dialog, by zenity or kdialog where one of them is installed: a program of its own,
// so that the window never waits for it.
#pragma once

#include <optional>
#include <string>

#include "files/child_process.h"
#include "panels/files/files_panel.h"

namespace lf::app {

class FileDialog {
 public:
  FileDialog();
  /// Closes an open dialog.
  ~FileDialog();
  FileDialog(const FileDialog&) = delete;
  FileDialog& operator=(const FileDialog&) = delete;

  /// Path of zenity or kdialog; "" if neither is in the PATH.
  static std::string program();

  /// Shows the dialog for that mode of the files panel, beginning at `path`. False if it could not be
  /// started.
  bool start(panels::FilesMode mode, const std::string& path);
  bool is_open() const { return child_.running(); }
  /// Once after the dialog was closed: the chosen path, "" if none was chosen. Before that nothing.
  std::optional<std::string> take_choice();

 private:
  void read_all();

  int output_ = -1;
  std::string text_;
  files::ChildProcess child_;
};

}  // namespace lf::app
