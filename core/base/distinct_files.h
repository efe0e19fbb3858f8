// Files that one command reads and writes: none may take the place of another.
#pragma once

#include <string>
#include <vector>

namespace lf {

/// The files that a run writes into its folder, by name.
const std::vector<std::string>& run_files();

/// A file as a command names it.
struct NamedFile {
  std::string what;  ///< the option, such as "--out"
  std::string path;  ///< "" where none was named
  bool written = true;
};

/// True where both paths lead to one file, whatever their spelling: through links, "..", hard links, and also
/// where neither is there yet.
bool same_file(const std::string& a, const std::string& b);

/// Throws InputError, naming both, where a file that would be written is also read or written under another
/// name.
void require_distinct_files(const std::vector<NamedFile>& files);

/// Throws InputError where `path` is a file that a run keeps (its checkpoint, its curves, …): `what` would
/// put something else in its place.
void require_no_run_file(const std::string& what, const std::string& path);

}  // namespace lf
