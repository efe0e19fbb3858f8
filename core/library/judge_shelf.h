// The available judges, and which of them belongs to a data set.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "files/idx/image_set.h"
#include "metrics/judge.h"

namespace lf::library {

/// Locations of judges, in order of preference.
struct JudgePlaces {
  std::string named;   ///< file that the user named; "" none
  std::string kept;    ///< folder of the judges kept by the digest of their data; "" none
  std::string assets;  ///< folder of the bundled one
};

/// The file in which `folder` keeps the judge of the data set with this digest; empty if the digest
/// is no valid name.
std::filesystem::path kept_judge_file(const std::string& folder, const std::string& digest);

/// Reads each judge once and returns the one that belongs to a data set.
class JudgeShelf {
 public:
  explicit JudgeShelf(JudgePlaces places) : places_(std::move(places)) {}

  /// The first of the named, the kept and the bundled judge that was trained on the data set with
  /// this digest; null if there is none.
  std::shared_ptr<const metrics::Judge> find(const std::string& digest);
  /// SHA-256 of the file from which a returned judge was read. Throws InputError if it can no
  /// longer be read.
  std::string file_digest(const std::shared_ptr<const metrics::Judge>& judge) const;
  /// Why the named judge cannot score this data set, in one line; "" if it can, or none is named.
  std::string named_problem(const files::Dataset& dataset);
  /// Why there is no judge for this data set and what to do, after find() returned none.
  std::string why_none(const files::Dataset& dataset);
  /// Unusable files that find() skipped, one line each, since the last refresh(); not the named
  /// one, see named_problem().
  std::vector<std::string> take_problems();
  /// Files may have changed: they are read again at their next use. A returned judge stays the same
  /// object while its file is unchanged, and always lives as long as the shelf.
  void refresh();

 private:
  struct File {
    std::shared_ptr<const metrics::Judge> judge;  ///< null: unusable
    std::string problem;
    bool fresh = false;
  };
  const File* read(const std::filesystem::path& path, bool named);
  void load(const std::filesystem::path& path, File& file);
  std::filesystem::path shipped() const;

  JudgePlaces places_;
  std::map<std::string, File> files_;
  std::vector<std::shared_ptr<const metrics::Judge>> retired_;  ///< of files that have changed
  std::vector<std::string> problems_;
};

}  // namespace lf::library
