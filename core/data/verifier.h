#pragma once
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "files/gzip.h"
#include "files/sha256.h"

namespace lf {

/// Compares the decompressed content of a gzip file with a digest, in pieces, so that a caller can stop in
/// between.
class Verifier {
 public:
  enum class Result { kMore, kMatch, kMismatch };

  /// `name` is how errors call the file.
  Verifier(const std::filesystem::path& path, std::string name, std::string sha256);
  /// Reads one more piece (256 KiB of the file). Damaged, cut off or oversized gzip counts as a mismatch;
  /// why() says what was wrong.
  Result step();
  const std::string& why() const { return why_; }

 private:
  Result finish();
  std::ifstream in_;
  std::string name_, expected_, why_;
  Gunzip gunzip_;
  Sha256 sha_;
};

}  // namespace lf
