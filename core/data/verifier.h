// The check of a downloaded file before it gets its name.
#pragma once
#include <cstdint>
#include <string>

#include "data/mnist.h"
#include "data/part_file.h"
#include "files/gzip.h"
#include "files/sha256.h"

namespace lf::data {

/// Compares the decompressed content of a gzip file with a digest, in pieces, so that a caller can stop in
/// between.
class Verifier {
 public:
  enum class Result { kMore, kMatch, kMismatch };

  /// `file` must outlive this object; errors call it `spec`.name.gz.
  Verifier(const PartFile& file, const IdxFileSpec& spec);
  /// Reads one more piece (256 KiB of the file). Damaged or truncated gzip, or more than
  /// `spec`.bytes, counts as a mismatch; why() gives the reason. Throws RunError when the disk
  /// fails.
  Result step();
  const std::string& why() const { return why_; }

 private:
  Result finish();
  const PartFile& file_;
  uint64_t at_ = 0;
  std::string name_, expected_, why_;
  files::Gunzip gunzip_;
  files::Sha256 sha_;
};

}  // namespace lf::data
