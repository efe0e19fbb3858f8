#include "data/verifier.h"

#include <vector>

#include "base/errors.h"

namespace lf::data {
namespace {
constexpr uint64_t kMaxUnpacked = 256ull << 20;  ///< if the size is unknown
constexpr size_t kPiece = 256 << 10;
}  // namespace

Verifier::Verifier(const PartFile& file, const IdxFileSpec& spec)
    : file_(file),
      name_(spec.name + ".gz"),
      expected_(spec.sha256),
      gunzip_(name_, spec.bytes > 0 ? spec.bytes : kMaxUnpacked) {}

Verifier::Result Verifier::step() {
  std::vector<uint8_t> piece(kPiece);
  const size_t n = file_.read(at_, piece.data(), piece.size());
  at_ += n;
  try {
    gunzip_.feed(piece.data(), n, [this](const uint8_t* data, size_t m) { sha_.update(data, m); });
    return n > 0 ? Result::kMore : finish();
  } catch (const InputError& error) {
    why_ = error.what();
    return Result::kMismatch;
  }
}

Verifier::Result Verifier::finish() {
  gunzip_.finish();
  const std::string digest = sha_.hex();
  if (digest == expected_) return Result::kMatch;
  why_ = "'" + name_ + "' is not the expected file (SHA-256 " + digest.substr(0, 12) + "… instead of " +
         expected_.substr(0, 12) + "…)";
  return Result::kMismatch;
}

}  // namespace lf::data
