#include "compare/subject.h"

#include <filesystem>

#include "base/errors.h"
#include "base/paths.h"
#include "records/report.h"
#include "run/folder.h"
#include "run/run_files.h"

namespace lf::compare {
namespace fs = std::filesystem;
namespace {

/// The run that a model file belongs to: its folder holds a report, and the file is the run's own.
std::string run_of(const fs::path& file) {
  const fs::path folder = file.parent_path();
  return file.filename() == run::kModelName && is_file(folder / "report.json") ? folder.string() : "";
}

}  // namespace

Subject open_subject(const std::string& path) {
  const fs::path given(path);
  if (is_folder(given) && !run::is_run_folder(given))
    throw InputError("cannot compare " + path + ": it holds no run (no model and no checkpoint)");
  const fs::path file = is_folder(given) ? given / run::kModelName : given;
  Subject subject;
  subject.path = path;
  subject.model = inference::load_model(file.string());
  subject.run_folder = run_of(file);
  subject.name = subject.run_folder.empty() ? file.filename().string() : run::run_name(subject.run_folder);
  subject.score = run::stored_score(*subject.model);
  if (!subject.run_folder.empty()) {
    const std::string report = (fs::path(subject.run_folder) / "report.json").string();
    subject.provenance = records::provenance_of_report(run::read_text_file(report), report);
  }
  return subject;
}

RunCurves curves_of(const Subject& subject) {
  RunCurves curves;
  if (!subject.run_folder.empty()) curves = run::load_curves(subject.run_folder);
  curves.folder = subject.path;
  curves.name = subject.name;
  return curves;
}

}  // namespace lf::compare
