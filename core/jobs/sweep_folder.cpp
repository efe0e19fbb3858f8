#include "jobs/sweep_folder.h"

#include "base/errors.h"
#include "base/paths.h"
#include "files/atomic_write.h"
#include "files/tensors/npy.h"
#include "jobs/job.h"
#include "run/folder.h"

namespace lf::jobs {
namespace fs = std::filesystem;
namespace {

constexpr uint64_t kMostRecordBytes = 64 << 20;
constexpr size_t kMostFolderName = 40;
constexpr const char* kSamplesFolder = "samples";

/// Lower-case letters, digits and "-" of a name.
std::string folder_word(const std::string& name) {
  std::string word;
  for (const char letter : name) {
    const bool upper = letter >= 'A' && letter <= 'Z';
    const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || upper;
    if (plain) word += upper ? static_cast<char>(letter - 'A' + 'a') : letter;
    if (!plain && !word.empty() && word.back() != '-') word += '-';
  }
  word = word.substr(0, kMostFolderName);
  while (!word.empty() && word.back() == '-') word.pop_back();
  return word;
}

std::shared_ptr<const ImageSheet> read_samples(const fs::path& file) {
  try {
    const files::NpyArray array = files::read_npy(file);
    const bool digits = array.descr == "|u1" && array.shape.size() == 3 &&
                        array.shape[1] == kDigitShape.height && array.shape[2] == kDigitShape.width;
    return digits ? std::make_shared<const ImageSheet>(array.bytes) : nullptr;
  } catch (const InputError&) {
    return nullptr;
  }
}

}  // namespace

bool is_sweep_folder(const fs::path& folder) { return is_file(folder / records::kSweepName); }

fs::path make_sweep_folder(const fs::path& root, const std::string& name) {
  const std::string word = folder_word(name);
  return run::make_dated_folder(root, word.empty() || word == "sweep" ? "sweep" : "sweep-" + word);
}

records::SweepRecord read_sweep(const fs::path& folder) {
  const fs::path file = folder / records::kSweepName;
  if (!is_file(file))
    throw InputError(folder.string() + " holds no sweep (no " + records::kSweepName +
                     "); name the folder of one, or a sweep file");
  const auto bytes = files::read_file(file, kMostRecordBytes);
  return records::parse_sweep_record({bytes.begin(), bytes.end()}, file.string());
}

void write_sweep(const fs::path& folder, const records::SweepRecord& record) {
  files::write_file_atomically(folder / records::kSweepName, records::sweep_record_text(record));
  files::write_file_atomically(folder / records::kSweepTableName,
                               records::sweep_csv(record.plan, record.runs));
}

void write_sweep_samples(const fs::path& folder, const std::string& run, const ImageSheet& digits) {
  const std::string why = make_folders(folder / kSamplesFolder);
  if (!why.empty()) throw RunError("cannot make " + (folder / kSamplesFolder).string() + ": " + why);
  files::write_npy(folder / kSamplesFolder / (run + ".npy"), digits);
}

std::vector<std::shared_ptr<const ImageSheet>> read_sweep_samples(const fs::path& folder,
                                                                  const std::vector<SweepRun>& runs) {
  std::vector<std::shared_ptr<const ImageSheet>> samples;
  for (const auto& run : runs)
    samples.push_back(run.ended() ? read_samples(folder / kSamplesFolder / (run.name + ".npy")) : nullptr);
  return samples;
}

std::shared_ptr<const SweepBlock> stored_sweep(const std::string& folder) {
  const records::SweepRecord record = read_sweep(folder);
  auto block = std::make_shared<SweepBlock>();
  block->folder = absolute_path(without_slash(folder)).string();
  block->plan = record.plan;
  block->runs = record.runs;
  block->summaries = summarise_sweep(record.runs);
  block->samples = read_sweep_samples(folder, record.runs);
  block->version = 1;
  return block;
}

}  // namespace lf::jobs
