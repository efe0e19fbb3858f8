// Order in the stored runs: labels, trash, disk use, and their list.
#pragma once

#include <string>

#include "worker/viewer.h"

namespace lf::worker {

class StoredRuns {
 public:
  /// Both outlive this object.
  StoredRuns(WorkerContext& context, Viewer& viewer) : context_(context), viewer_(viewer) {}

  /// Reads the folder again. Without a window the list is also a result.
  void list(const ListRunsCommand& command);
  /// The following throw InputError if the run is missing or in use, before anything is changed.
  void move_to_trash(const std::string& folder);
  void restore(const std::string& folder);
  void empty_trash();
  void label(const LabelRunCommand& command);
  void thin_marks(const std::string& folder);

 private:
  bool is_current(const std::string& folder) const;
  void show_list();
  void report(const std::string& verb, const std::string& text);

  WorkerContext& context_;
  Viewer& viewer_;
};

}  // namespace lf::worker
