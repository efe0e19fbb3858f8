// The digits in use: read at the start or opened later, and what happens where that fails.
#include "base/errors.h"
#include "data/batches.h"
#include "library/plain_errors.h"
#include "worker/experiment_workload.h"

namespace lf {
namespace {

/// Which digits are used: "MNIST (/data/mnist) is used instead", "the built-in stroke digits are used
/// instead".
std::string use_of(const Dataset& dataset, const char* one, const char* many) {
  if (dataset.builtin) return "the built-in " + dataset.name + " " + many;
  return dataset.name + " (" + dataset.source + ") " + one;
}

bool is_input(std::exception_ptr failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const InputError&) {
    return true;
  } catch (...) {
    return false;
  }
}

}  // namespace

/// Other digits are wanted. Those in use stay until the new ones are read.
void Experiment::begin_opening(const std::string& folder) {
  keep_run();
  ran_before_ = running_ || (opening_ && ran_before_);
  running_ = false;
  opening_ = true;
  data_loader_ = std::make_unique<DataLoader>(folder, false, false);
  if (loading_ == Loading::Ready) loading_ = Loading::Data;
}

void Experiment::data_slice() {
  if (!data_loader_)
    data_loader_ = std::make_unique<DataLoader>(options_.data, options_.allow_download, options_.falls_back);
  try {
    if (data_loader_->advance()) return;
    adopt_data(data_loader_->take());
    tell_data(*data_loader_);
  } catch (...) {
    return data_failed(std::current_exception());
  }
  data_loader_.reset();
  opening_ = false;
  loading_ = Loading::Ready;
  obey_waiting();
}

/// Which digits are in use, and which were to be.
void Experiment::tell_data(const DataLoader& loader) {
  forget_substitute("data");
  if (opening_) forget_substitute("open");
  if (!loader.notice().empty()) log(LogLevel::Warning, loader.notice());
  if (!loader.missing().empty())
    tell_substitute("data",
                    loader.missing() + "; " + use_of(*dataset_, "is used instead", "are used instead"));
  log(LogLevel::Info, "data: " + dataset_->name + " (" + dataset_->source + "), " +
                          std::to_string(dataset_->train.size()) + " training and " +
                          std::to_string(dataset_->test.size()) + " test digits");
}

/// Digits were read that cannot be used, or could not be read at all.
void Experiment::data_failed(std::exception_ptr failure) {
  const std::string why = plain_text(failure);
  if (!options_.falls_back) {
    data_loader_.reset();
    loading_ = Loading::Ready;
    opening_ = false;
    std::rethrow_exception(failure);
  }
  if (opening_) return opening_failed(why);
  try {
    data_loader_->refuse(why);  // the next source, in a slice of its own
  } catch (...) {
    data_loader_.reset();
    loading_ = Loading::Ready;
    tell_substitute("data", why + "; there are no digits to train on: open a folder of them");
    obey_waiting();
  }
}

/// What was in use stays in use; where nothing was, the start goes on.
void Experiment::opening_failed(const std::string& why) {
  opening_ = false;
  data_loader_.reset();
  if (!dataset_) return tell_substitute("open", why + "; the digits of the start are used instead");
  loading_ = Loading::Ready;
  running_ = std::exchange(ran_before_, false);
  tell_substitute("open", why + "; " + use_of(*dataset_, "stays in use", "stay in use"));
  refuse_waiting();
}

void Experiment::adopt_data(std::shared_ptr<const Dataset> dataset) {
  DataTensors tensors{pixel_tensor(dataset->train), label_tensor(dataset->train), pixel_tensor(dataset->test),
                      label_tensor(dataset->test)};
  if (dataset_ && dataset_->digest != dataset->digest) put_run_away();
  dataset_ = std::move(dataset);
  data_ = std::move(tensors);
  views_.set_data(options_.previews && work_.model && work_.model->data_digest != dataset_->digest ? nullptr
                                                                                                   : &data_);
  choose_judge();
}

/// Whatever works with the digits in use ends: others take their place. A run cannot go on with those; it is
/// saved, and its model stays in hand.
void Experiment::put_run_away() {
  if (job_) log(LogLevel::Warning, "other digits were opened: " + job_->name() + " has ended");
  drop_work();
  if (!work_.run) return;
  keep_run();
  work_.history = work_.run->history();
  work_.origin = "from " + work_.name;
  work_.run.reset();
  work_.lock.reset();
  work_.finished = false;
  running_ = step_once_ = failed_ = diverged_ = false;
  show_model();
  log(LogLevel::Info, "the run is saved in " + work_.folder + "; Train starts a new one on the other digits");
  list_runs_again();
}

/// True where `command` has to wait until the digits are read; it is kept. Throws InputError where there are
/// none.
bool Experiment::waits_for_data(const Command& command, const char* what) {
  if (loading_ != Loading::Ready) {
    waiting_.push_back(command);
    return true;
  }
  if (!dataset_)
    throw InputError(std::string(what) + " needs digits, and none could be read; open a folder of them");
  return false;
}

/// Each by itself: what one of them throws keeps back no other.
void Experiment::obey_waiting() {
  for (const Command& command : std::exchange(waiting_, {})) {
    try {
      std::visit([this](const auto& what) { obey(what); }, command.what);
    } catch (...) {
      const auto failure = std::current_exception();
      tell_error(plain_text(failure), is_input(failure), false);
    }
  }
}

/// They were meant for digits that could not be read.
void Experiment::refuse_waiting() {
  for (const Command& command : std::exchange(waiting_, {}))
    log(LogLevel::Warning, "not done, it waited for the other digits: " + format_command(command));
}

/// A run goes on with its own digits only.
void Experiment::require_own_digits(const Workspace& work, const char* what) const {
  if (!work.run || !dataset_ || work.model->data_digest == dataset_->digest) return;
  throw InputError(std::string(what) + ": the run was trained on " + work.model->data_name +
                   ", not on the digits in use (" + dataset_->name + "); open those first");
}

}  // namespace lf
