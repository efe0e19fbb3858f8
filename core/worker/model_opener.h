// Opens a path, or the model of the start: a model, a run, an image of a digit.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "worker/current_run/control.h"

namespace lf::worker {

class ModelOpener {
 public:
  /// `open_data` is called with a folder of IDX files.
  using OpenData = std::function<void(const std::string& folder)>;

  ModelOpener(WorkerContext& context, Viewer& viewer, RunControl& run, OpenData open_data)
      : context_(context), viewer_(viewer), run_(run), open_data_(std::move(open_data)) {}

  /// A model, a run folder, a data folder or an image of a digit; the content decides which. Throws
  /// InputError.
  void open(const std::string& path);
  void open_bundled();
  /// The model shown at the start. The start of a window never ends with an error: unreadable files
  /// are reported, and the next source is used.
  void open_first();

 private:
  void open_model(const std::string& path);
  void open_file(const std::string& path);
  void open_picture(const std::string& path);
  std::vector<std::string> first_models() const;
  bool open_newest_run();
  void name_damaged(const std::vector<std::string>& reasons, const std::string& instead);

  WorkerContext& context_;
  Viewer& viewer_;
  RunControl& run_;
  OpenData open_data_;
};

}  // namespace lf::worker
