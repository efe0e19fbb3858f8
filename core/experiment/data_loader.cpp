#include "experiment/data_loader.h"

#include "data/mnist.h"
#include "data/stroke_digits.h"
#include "messages/errors.h"
#include "messages/utf8.h"

namespace lf {

DataLoader::DataLoader(std::string wanted, bool allow_download)
    : wanted_(std::move(wanted)), allow_download_(allow_download) {}

bool DataLoader::advance() {
  switch (step_) {
    case Step::Find: {
      const auto found = find_data_folder(wanted_);
      if (found) {
        folder_ = found->string();
        message_ = "reading digits from " + folder_;
        step_ = Step::Read;
      } else if (allow_download_ && download_available()) {
        message_ = "downloading MNIST (11 MB)";
        step_ = Step::Download;
      } else {
        use_builtin("");
      }
      return true;
    }
    case Step::Read:
      read_folder();
      step_ = Step::Done;
      return false;
    case Step::Download:
      download_slice();
      return true;
    case Step::Draw:
      dataset_ = std::make_shared<Dataset>(make_stroke_digits());
      step_ = Step::Done;
      return false;
    case Step::Done:
      return false;
  }
  return false;
}

void DataLoader::read_folder() {
  Dataset dataset = load_idx_folder(folder_, &notice_);
  dataset.name = valid_utf8(dataset.name);  // it goes into reports and model files
  dataset_ = std::make_shared<Dataset>(std::move(dataset));
}

void DataLoader::download_slice() {
  try {
    if (!download_) download_ = std::make_unique<Download>();
    if (download_->poll(20)) return;
  } catch (const std::exception& error) {
    return use_builtin(error.what());
  }
  const DownloadProgress state = download_->progress();
  download_.reset();
  if (state.state != DownloadState::kDone) {
    return use_builtin(state.state == DownloadState::kCancelled ? "the download was cancelled" : state.error);
  }
  folder_ = mnist_cache_folder().string();
  message_ = "reading digits from " + folder_;
  step_ = Step::Read;
}

void DataLoader::use_builtin(const std::string& why) {
  download_.reset();
  notice_ = "MNIST is not here" + (why.empty() ? "" : " (" + why + ")") +
            "; the built-in stroke digits are used (name a folder of IDX files with --data)";
  message_ = "drawing the built-in stroke digits";
  step_ = Step::Draw;
}

double DataLoader::progress() const {
  if (!download_) return 0;
  const auto state = download_->progress();
  return state.total_bytes > 0
             ? static_cast<double>(state.done_bytes) / static_cast<double>(state.total_bytes)
             : 0;
}

void DataLoader::cancel() {
  if (download_) download_->cancel();
}

}  // namespace lf
