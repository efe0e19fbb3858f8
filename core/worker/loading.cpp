#include "worker/loading.h"

#include "base/errors.h"
#include "data/batches.h"
#include "library/plain_errors.h"
#include "worker/judge_choice.h"

namespace lf::worker {
namespace {

/// Which digits are used: "MNIST (/data/mnist) is used instead", "the built-in stroke digits are used
/// instead".
std::string use_of(const files::Dataset& dataset, const char* one, const char* many) {
  if (dataset.builtin) return "the built-in " + dataset.name + " " + many;
  return dataset.name + " (" + dataset.source + ") " + one;
}

}  // namespace

Loading::Outcome Loading::advance() {
  try {
    if (first_look_due()) {
      first_look_slice();
      return Outcome::Busy;
    }
    return load_stage();
  } catch (...) {
    if (!context_.options.falls_back) throw;
    context_.publisher.tell_error(library::plain_text(std::current_exception()), true);
    return ready() ? Outcome::Ready : Outcome::Busy;
  }
}

/// Each stage sets the next one before anything in it can fail.
Loading::Outcome Loading::load_stage() {
  const ExperimentOptions& options = context_.options;
  switch (stage_) {
    case Stage::Model:
      stage_ = Stage::Runs;
      if (options.open_model && !context_.work.model) opener_.open_first();  // a command may have opened one
      return Outcome::Busy;
    case Stage::Runs:
      stage_ = Stage::Judge;
      context_.publisher.list_runs(context_.work.folder);  // offered at once, but the first picture is sooner
      return Outcome::Busy;
    case Stage::Judge:
      stage_ = options.need_data || loader_ ? Stage::Data : Stage::Ready;
      choose_judge(context_, viewer_, /*at_start=*/!ready() && !opening_);
      return ready() ? Outcome::Ready : Outcome::Busy;
    case Stage::Data:
      return data_slice();
    case Stage::Ready:
      break;
  }
  return Outcome::Ready;
}

/// The first generated digits come before the data, so that they appear within a second.
bool Loading::first_look_due() const {
  const bool wanted =
      context_.options.previews && context_.work.model && viewer_.views().blocks().flow->digits == 0;
  return wanted && !first_look_failed_ && viewer_.due();
}

/// A failed preview must not prevent reading the digits.
void Loading::first_look_slice() {
  try {
    viewer_.advance();
  } catch (...) {
    first_look_failed_ = true;
    if (!context_.options.falls_back) throw;
    context_.publisher.tell_error(library::plain_text(std::current_exception()), false);
  }
}

void Loading::begin_opening(const std::string& folder) {
  run_.rest_for_opening();
  opening_ = true;
  loader_ = std::make_unique<library::DataLoader>(folder, false, false);
  if (ready()) stage_ = Stage::Data;
}

void Loading::cancel() {
  if (loader_) loader_->cancel();
}

Loading::Outcome Loading::data_slice() {
  const ExperimentOptions& options = context_.options;
  if (!loader_)
    loader_ = std::make_unique<library::DataLoader>(options.data, options.allow_download, options.falls_back);
  try {
    if (loader_->advance()) return Outcome::Busy;
    adopt(loader_->take());
    tell_data();
  } catch (...) {
    return data_failed(std::current_exception());
  }
  loader_.reset();
  opening_ = false;
  stage_ = Stage::Ready;
  run_.end_opening(/*usable=*/true);
  return Outcome::Ready;
}

/// The current and the requested digits.
void Loading::tell_data() {
  Publisher& publisher = context_.publisher;
  const files::Dataset& dataset = *context_.current.dataset();
  publisher.forget_substitute("data");
  if (opening_) publisher.forget_substitute("open");
  if (!loader_->notice().empty()) publisher.log(LogLevel::Warning, loader_->notice());
  if (!loader_->missing().empty())
    publisher.tell_substitute(
        "data", loader_->missing() + "; " + use_of(dataset, "is used instead", "are used instead"));
  publisher.log(LogLevel::Info, "data: " + dataset.name + " (" + dataset.source + "), " +
                                    std::to_string(dataset.train.size()) + " training and " +
                                    std::to_string(dataset.test.size()) + " test digits");
}

/// The digits are unusable or unreadable.
Loading::Outcome Loading::data_failed(std::exception_ptr failure) {
  const std::string why = library::plain_text(failure);
  if (!context_.options.falls_back) {
    loader_.reset();
    stage_ = Stage::Ready;
    opening_ = false;
    std::rethrow_exception(failure);
  }
  if (opening_) return opening_failed(why);
  try {
    loader_->refuse(why);  // the next source, in a slice of its own
    return Outcome::Busy;
  } catch (...) {
    loader_.reset();
    stage_ = Stage::Ready;
    context_.publisher.tell_substitute(
        "data", why + "; there are no digits to train on: open a folder with a data set");
    return Outcome::Ready;
  }
}

/// The current digits stay; if there were none, the start continues.
Loading::Outcome Loading::opening_failed(const std::string& why) {
  opening_ = false;
  loader_.reset();
  const auto& dataset = context_.current.dataset();
  if (!dataset) {
    context_.publisher.tell_substitute("open", why + "; the digits read at the start are used instead");
    return Outcome::Busy;
  }
  stage_ = Stage::Ready;
  run_.end_opening(/*usable=*/false);
  context_.publisher.tell_substitute("open", why + "; " + use_of(*dataset, "stays in use", "stay in use"));
  return Outcome::Kept;
}

void Loading::adopt(std::shared_ptr<const files::Dataset> dataset) {
  data::DataTensors tensors{data::pixel_tensor(dataset->train), data::label_tensor(dataset->train),
                            data::pixel_tensor(dataset->test), data::label_tensor(dataset->test)};
  CurrentData& current = context_.current;
  if (current.dataset() && current.dataset()->digest != dataset->digest) run_.put_away();
  current.adopt(std::move(dataset), std::move(tensors));
  viewer_.apply_data();
  choose_judge(context_, viewer_, /*at_start=*/!opening_);
}

}  // namespace lf::worker
