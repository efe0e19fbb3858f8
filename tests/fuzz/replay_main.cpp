// Runs a target on its corpus and on some thousand mutations of it, the same ones every time: a compiler
// without libFuzzer keeps the targets from rotting this way.
//
//     replay_NAME FOLDER [COUNT [MEGABYTES]]   each file of FOLDER, then COUNT mutations (4,000); a parser
//     that asks
//                                              for more memory than so much fails
//     replay_NAME FILE                         that input alone
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "fuzz_target.h"

namespace {

using Bytes = std::vector<uint8_t>;

constexpr size_t kMostBytes = 4096;    ///< of a mutation
constexpr unsigned kMostSeconds = 60;  ///< a parser that hangs is stopped

Bytes read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The files in a fixed order, independent of the file system.
std::vector<Bytes> read_corpus(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<Bytes> corpus;
  for (const auto& path : paths) corpus.push_back(read(path));
  return corpus;
}

/// Makes random changes; uses only the engine, because the library's distributions differ between
/// systems.
class Mutator {
 public:
  explicit Mutator(const std::vector<Bytes>& corpus) : corpus_(corpus) {}

  Bytes next() {
    Bytes bytes = corpus_[below(corpus_.size())];
    for (size_t changes = 1 + below(4); changes > 0; --changes) change(bytes);
    if (bytes.size() > kMostBytes) bytes.resize(kMostBytes);
    return bytes;
  }

 private:
  size_t below(size_t n) { return n == 0 ? 0 : random_() % n; }

  uint8_t byte() {
    constexpr uint8_t kTelling[] = {0,   1,   0x7f, 0x80, 0xff, '-', '9', 'e',
                                    ',', '=', '"',  '\\', '\n', '{', '['};
    return below(3) == 0 ? uint8_t(random_()) : kTelling[below(sizeof kTelling)];
  }

  /// A piece of `from`, at most 64 bytes.
  Bytes piece(const Bytes& from) {
    const size_t start = below(from.size()), n = std::min(from.size() - start, below(64));
    return {from.begin() + long(start), from.begin() + long(start + n)};
  }

  void change(Bytes& bytes) {
    const auto at = bytes.begin() + long(below(bytes.size()));
    const Bytes part = piece(below(2) ? bytes : corpus_[below(corpus_.size())]);
    switch (bytes.empty() ? 5 : below(6)) {
      case 0:
        *at ^= uint8_t(1 << below(8));
        break;
      case 1:
        *at = byte();
        break;
      case 2:
        bytes.erase(at, at + long(std::min<size_t>(size_t(bytes.end() - at), below(16))));
        break;
      case 3:
        bytes.resize(below(bytes.size()));
        break;
      case 4:
        bytes.insert(at, part.begin(), part.end());
        break;
      default:
        bytes.insert(at, byte());
    }
  }

  const std::vector<Bytes>& corpus_;
  std::mt19937 random_{20260101};
};

void limit_memory(long megabytes) {
  const rlim_t bytes = rlim_t(megabytes) << 20;
  const rlimit memory{bytes, bytes};
  setrlimit(RLIMIT_AS, &memory);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  alarm(kMostSeconds);
  if (argc > 3) limit_memory(std::strtol(argv[3], nullptr, 10));
  if (!std::filesystem::is_directory(argv[1])) {
    const Bytes bytes = read(argv[1]);
    lf::fuzz::fuzz_one(bytes.data(), bytes.size());
    return 0;
  }
  const auto corpus = read_corpus(argv[1]);
  lf::fuzz::require(!corpus.empty(), "the corpus holds a file");
  for (const Bytes& bytes : corpus) lf::fuzz::fuzz_one(bytes.data(), bytes.size());
  Mutator mutator(corpus);
  const long count = argc > 2 ? std::strtol(argv[2], nullptr, 10) : 4000;
  for (long i = 0; i < count; ++i) {
    // A copy of exactly this size: reading beyond its end is reading beyond an allocation.
    const Bytes bytes(mutator.next());
    lf::fuzz::fuzz_one(bytes.data(), bytes.size());
  }
  std::printf("%zu inputs of the corpus and %ld mutations: all returned or refused in one line\n",
              corpus.size(), count);
}
