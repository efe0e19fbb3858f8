#include "library/judge_shelf.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "base/errors.h"
#include "base/paths.h"
#include "files/atomic_write.h"
#include "files/sha256.h"
#include "library/plain_errors.h"
#include "protocol/commands.h"

namespace lf::library {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostDigest = 128;
constexpr uint64_t kMostJudge = 1 << 24;  ///< bytes of a judge's file

/// A digest may come from a model's file: only a valid one becomes a file name.
bool can_be_digest(const std::string& text) {
  return !text.empty() && text.size() <= kMostDigest &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) && c < 0x80; });
}

/// The command that trains a judge for these digits.
std::string training_command(const files::Dataset& dataset) {
  return "latentflow judge " + (dataset.builtin ? "" : "--data " + quoted(dataset.source) + " ") +
         "--out judge.safetensors";
}

}  // namespace

fs::path kept_judge_file(const std::string& folder, const std::string& digest) {
  if (folder.empty() || !can_be_digest(digest)) return {};
  return fs::path(folder) / (digest + ".safetensors");
}

fs::path JudgeShelf::shipped() const {
  return places_.assets.empty() ? fs::path() : fs::path(places_.assets) / "judge.safetensors";
}

void JudgeShelf::refresh() {
  for (auto& [path, file] : files_) file.fresh = false;
  problems_.clear();
}

/// The file's judge, read once; null if there is no file. `named`: a missing file is an error.
const JudgeShelf::File* JudgeShelf::read(const fs::path& path, bool named) {
  if (path.empty() || (!named && !path_exists(path))) return nullptr;
  File& file = files_[path.string()];
  if (!file.fresh) {
    load(path, file);
    if (!file.problem.empty() && !named) problems_.push_back(file.problem);
  }
  return &file;
}

void JudgeShelf::load(const fs::path& path, File& file) {
  file.fresh = true;
  file.problem.clear();
  std::shared_ptr<const metrics::Judge> found;
  try {
    found = std::make_shared<const metrics::Judge>(metrics::Judge::load(path));
  } catch (...) {
    file.problem = plain_text(std::current_exception());
  }
  const bool same = found && file.judge && found->name() == file.judge->name() &&
                    file.judge->belongs_to(found->facts().data_digest);
  if (same) return;
  // The previous judge may still be in use.
  if (file.judge) retired_.push_back(file.judge);
  file.judge = found;
}

std::shared_ptr<const metrics::Judge> JudgeShelf::find(const std::string& digest) {
  if (digest.empty()) return nullptr;
  const std::pair<fs::path, bool> candidates[] = {
      {places_.named, true}, {kept_judge_file(places_.kept, digest), false}, {shipped(), false}};
  for (const auto& [path, named] : candidates) {
    const File* file = read(path, named);
    if (file && file->judge && file->judge->belongs_to(digest)) return file->judge;
  }
  return nullptr;
}

std::string JudgeShelf::file_digest(const std::shared_ptr<const metrics::Judge>& judge) const {
  for (const auto& [path, file] : files_)
    if (file.judge == judge) return files::sha256_hex(files::read_file(path, kMostJudge));
  throw InputError("the classifier's file has changed; start the program again");
}

std::string JudgeShelf::named_problem(const files::Dataset& dataset) {
  const File* named = read(places_.named, true);
  if (!named || !named->judge) return named ? named->problem : "";
  if (named->judge->belongs_to(dataset.digest)) return "";
  return "--judge " + places_.named + ": it was trained on other digits than " + dataset.name + " (" +
         dataset.source + "); name a classifier of these digits, or leave out --judge";
}

std::string JudgeShelf::why_none(const files::Dataset& dataset) {
  const File* other = read(shipped(), false);
  const std::string train = "; train one with: " + training_command(dataset);
  if (!other || !other->judge) return "there is no classifier for " + dataset.name + train;
  return "the classifier was trained on other digits than " + dataset.name + train;
}

std::vector<std::string> JudgeShelf::take_problems() { return std::exchange(problems_, {}); }

}  // namespace lf::library
