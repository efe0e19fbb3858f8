// The judges at hand, and which of them belongs to a data set.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "files/idx/image_set.h"
#include "metrics/judge.h"

namespace lf {

/// Where judges lie, in the order in which they are asked.
struct JudgePlaces {
  std::string named;   ///< file that somebody named; "" none
  std::string kept;    ///< folder of the judges kept by the digest of their data; "" none
  std::string assets;  ///< folder of the shipped one
};

/// The file in which `folder` keeps the judge of the data set with this digest; empty where the digest could
/// be no file's name.
std::filesystem::path kept_judge_file(const std::string& folder, const std::string& digest);

/// Reads each judge once and hands out the one that belongs to a data set.
class JudgeShelf {
 public:
  explicit JudgeShelf(JudgePlaces places) : places_(std::move(places)) {}

  /// The first of the named, the kept and the shipped judge that was trained on the data set with this
  /// digest; null where there is none.
  std::shared_ptr<const Judge> find(const std::string& digest);
  /// SHA-256 of the file that a judge handed out was read from. Throws InputError where it cannot be read any
  /// more.
  std::string file_digest(const std::shared_ptr<const Judge>& judge) const;
  /// Why the named judge cannot score this data set, in one line; "" where it can, or none is named.
  std::string named_problem(const Dataset& dataset);
  /// Why there is no judge for this data set and what to do; for where find() gave none.
  std::string why_none(const Dataset& dataset);
  /// Files that find() passed over because they cannot be used, one line each, since the last refresh(); not
  /// the named one, see named_problem().
  std::vector<std::string> take_problems();
  /// Files may have changed: they are read again when they are next asked for. A judge that was handed out
  /// stays the same object where its file still holds it, and lives as long as the shelf in any case.
  void refresh();

 private:
  struct File {
    std::shared_ptr<const Judge> judge;  ///< null: it cannot be used
    std::string problem;
    bool fresh = false;
  };
  const File* read(const std::filesystem::path& path, bool named);
  void load(const std::filesystem::path& path, File& file);
  std::filesystem::path shipped() const;

  JudgePlaces places_;
  std::map<std::string, File> files_;
  std::vector<std::shared_ptr<const Judge>> retired_;  ///< of files that hold another now
  std::vector<std::string> problems_;
};

}  // namespace lf
