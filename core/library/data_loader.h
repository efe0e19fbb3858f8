// Finds and reads a data set in slices: a named folder, the environment, the cache, a download, else the
// built-in digits.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/sliced_work.h"
#include "data/download.h"
#include "data/mnist.h"
#include "files/idx/image_set.h"

namespace lf::library {

class DataLoader : public SlicedWork {
 public:
  /// `wanted`: folder from --data or "". `allow_download` allows downloading MNIST if no folder was
  /// named and nothing else exists. `falls_back`: an unusable source is recorded in missing(), and
  /// the next one is read; otherwise it is thrown.
  DataLoader(std::string wanted, bool allow_download, bool falls_back);

  /// One slice (reading a whole set is one). False when take() may be called. Throws InputError for
  /// an unusable folder if it does not fall back; RunError if even the built-in digits cannot be
  /// made.
  bool advance() override;
  std::shared_ptr<const files::Dataset> take() { return std::move(dataset_); }
  /// The result cannot be used (for lack of memory, say): advance() continues with the next source.
  /// Throws RunError with `why` if none is left.
  void refuse(const std::string& why);

  /// Its current activity, for display.
  const std::string& message() const { return message_; }
  double progress() const override;
  bool downloading() const { return download_ != nullptr; }
  /// Cancels the download: the built-in digits are used.
  void cancel();
  /// Why the built-in digits are used although none were named, or how the files of a set were
  /// converted; "" otherwise.
  const std::string& notice() const { return notice_; }
  /// The unusable sources with reasons, in one line; "" if the first one was usable.
  const std::string& missing() const { return missing_; }

 private:
  enum class Step { Find, Read, Download, Draw, Done };

  bool work();
  void find();
  bool may_download() const;
  void read_folder();
  void download_slice();
  void use_builtin(const std::string& why);
  void add_missing(const std::string& why);

  Step step_ = Step::Find;
  std::string wanted_, message_ = "looking for digits", notice_, missing_;
  bool allow_download_, falls_back_;
  bool looked_ = false, fetched_ = false, drawn_ = false;
  std::vector<data::DataPlace> places_;  ///< those not read yet, the next one last
  bool named_ = false;                   ///< the user named a folder: nothing is downloaded in its place
  data::DataPlace place_;                ///< being read
  std::unique_ptr<data::Download> download_;
  std::shared_ptr<const files::Dataset> dataset_;
};

}  // namespace lf::library
