#include "library/data_loader.h"

#include <algorithm>

#include "base/errors.h"
#include "base/utf8.h"
#include "data/stroke_digits.h"
#include "library/plain_errors.h"

namespace lf::library {

DataLoader::DataLoader(std::string wanted, bool allow_download, bool falls_back)
    : wanted_(std::move(wanted)), allow_download_(allow_download), falls_back_(falls_back) {}

bool DataLoader::advance() {
  if (!falls_back_) return work();
  try {
    return work();
  } catch (...) {
    refuse(plain_text(std::current_exception()));
    return true;
  }
}

bool DataLoader::work() {
  switch (step_) {
    case Step::Find:
      find();
      return true;
    case Step::Read:
      read_folder();
      step_ = Step::Done;
      return false;
    case Step::Download:
      download_slice();
      return true;
    case Step::Draw:
      drawn_ = true;
      dataset_ = std::make_shared<files::Dataset>(data::make_stroke_digits());
      step_ = Step::Done;
      return false;
    case Step::Done:
      return false;
  }
  return false;
}

/// The next source in the documented order.
void DataLoader::find() {
  if (!looked_) {
    places_ = data::data_places(wanted_);
    std::reverse(places_.begin(), places_.end());
    looked_ = true;
  }
  if (!places_.empty()) {
    place_ = places_.back();
    places_.pop_back();
    named_ |= place_.named;
    message_ = "reading digits from " + place_.folder.string();
    step_ = Step::Read;
  } else if (may_download()) {
    if (!missing_.empty())
      data::set_aside_unsound(data::mnist_cache_folder());  // or the download would keep them
    message_ = "downloading MNIST (11 MB)";
    step_ = Step::Download;
  } else {
    use_builtin("");
  }
}

/// A named folder is never replaced by a download.
bool DataLoader::may_download() const {
  return allow_download_ && data::download_available() && !named_ && !fetched_;
}

void DataLoader::read_folder() {
  files::Dataset dataset = data::load_idx_folder(place_.folder, &notice_);
  dataset.name = valid_utf8(dataset.name);  // it is written to reports and model files
  dataset_ = std::make_shared<files::Dataset>(std::move(dataset));
}

void DataLoader::refuse(const std::string& why) {
  dataset_.reset();
  notice_.clear();
  if (drawn_) throw RunError(why);
  add_missing(why);
  step_ = Step::Find;
}

void DataLoader::add_missing(const std::string& why) { missing_ += (missing_.empty() ? "" : "; ") + why; }

void DataLoader::download_slice() {
  try {
    if (!download_) download_ = std::make_unique<data::Download>();
    if (download_->poll(20)) return;
  } catch (const std::exception& error) {
    return use_builtin(error.what());
  }
  const data::DownloadProgress state = download_->progress();
  download_.reset();
  if (state.state != data::DownloadState::kDone) {
    return use_builtin(state.state == data::DownloadState::kCancelled ? "the download was cancelled"
                                                                      : state.error);
  }
  fetched_ = true;
  place_ = {data::mnist_cache_folder(), false};
  message_ = "reading digits from " + place_.folder.string();
  step_ = Step::Read;
}

void DataLoader::use_builtin(const std::string& why) {
  download_.reset();
  if (missing_.empty()) {
    notice_ = "MNIST was not found" + (why.empty() ? "" : " (" + why + ")") +
              "; the built-in stroke digits are used (name a folder of IDX files with --data)";
  } else if (!why.empty()) {
    add_missing(why);
  }
  message_ = "generating the built-in stroke digits";
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

}  // namespace lf::library
