// Files that one command reads and writes: none may replace another.
#pragma once

#include <string>
#include <vector>

namespace lf {

/// The files that a run writes into its folder, by name.
const std::vector<std::string>& run_files();

/// A file as a command names it.
struct NamedFile {
  std::string what;  ///< the option, such as "--out"
  std::string path;  ///< "" if not given
  bool written = true;
};

/// True if both paths lead to one file, however they are written: through links, "..", hard links,
/// and also if neither exists yet.
bool same_file(const std::string& a, const std::string& b);

/// Throws InputError, naming both, if a file that would be written is also read or written under
/// another name.
void require_distinct_files(const std::vector<NamedFile>& files);

/// Throws InputError if `path` is a file that a run keeps (its checkpoint, its curves, …): `what`
/// would replace it.
void require_no_run_file(const std::string& what, const std::string& path);

}  // namespace lf
