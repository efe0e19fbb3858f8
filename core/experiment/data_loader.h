// Finds and reads a data set in slices: a named folder, the environment, the cache, a download, else the
// built-in digits.
#pragma once

#include <memory>
#include <string>

#include "data/download.h"
#include "data/image_set.h"

namespace lf {

class DataLoader {
 public:
  /// `wanted`: folder from --data or ""; `allow_download` lets it fetch MNIST when nothing else is there.
  DataLoader(std::string wanted, bool allow_download);

  /// One slice (reading a whole set is one). False when take() may be called. Throws InputError for a named
  /// folder that cannot be used.
  bool advance();
  std::shared_ptr<const Dataset> take() { return std::move(dataset_); }

  /// What it is doing, for people.
  const std::string& message() const { return message_; }
  double progress() const;
  bool downloading() const { return download_ != nullptr; }
  /// Gives the download up: the built-in digits are used.
  void cancel();
  /// Why the built-in digits are used although others were wanted; "" otherwise.
  const std::string& notice() const { return notice_; }

 private:
  void read_folder();
  void download_slice();
  void use_builtin(const std::string& why);

  enum class Step { Find, Read, Download, Draw, Done } step_ = Step::Find;
  std::string wanted_, message_ = "looking for digits", notice_, folder_;
  bool allow_download_;
  std::unique_ptr<Download> download_;
  std::shared_ptr<const Dataset> dataset_;
};

}  // namespace lf
