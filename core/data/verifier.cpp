#include "data/verifier.h"

#include <utility>
#include <vector>

#include "messages/errors.h"

namespace lf {
namespace {
constexpr uint64_t kMaxUnpacked = 256ull << 20;
constexpr size_t kPiece = 256 << 10;
}  // namespace

Verifier::Verifier(const std::filesystem::path& path, std::string name, std::string sha256)
    : in_(path, std::ios::binary),
      name_(std::move(name)),
      expected_(std::move(sha256)),
      gunzip_(name_, kMaxUnpacked) {}

Verifier::Result Verifier::step() {
  std::vector<char> piece(kPiece);
  in_.read(piece.data(), std::streamsize(piece.size()));
  try {
    gunzip_.feed(reinterpret_cast<const uint8_t*>(piece.data()), size_t(in_.gcount()),
                 [this](const uint8_t* data, size_t n) { sha_.update(data, n); });
    return in_ ? Result::kMore : finish();
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

}  // namespace lf
