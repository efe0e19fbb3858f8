// Finds and reads a data set in slices: a named folder, the environment, the cache, a download, else the
// built-in digits.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "data/download.h"
#include "data/mnist.h"
#include "files/idx/image_set.h"

namespace lf {

class DataLoader {
 public:
  /// `wanted`: folder from --data or "". `allow_download` lets it fetch MNIST where nobody named a folder and
  /// nothing else is there. `falls_back`: a source that cannot be used is noted in missing(), and the next
  /// one is read; else it is thrown.
  DataLoader(std::string wanted, bool allow_download, bool falls_back);

  /// One slice (reading a whole set is one). False when take() may be called. Throws InputError for a folder
  /// that cannot be used, where it does not fall back; RunError where not even the built-in digits can be
  /// drawn.
  bool advance();
  std::shared_ptr<const Dataset> take() { return std::move(dataset_); }
  /// What was taken cannot be used (no memory, say): advance() goes on with the next source. Throws RunError
  /// with `why` where none is left.
  void refuse(const std::string& why);

  /// What it is doing, for people.
  const std::string& message() const { return message_; }
  double progress() const;
  bool downloading() const { return download_ != nullptr; }
  /// Gives the download up: the built-in digits are used.
  void cancel();
  /// Why the built-in digits are used although nobody named others, or what was done to the files of a set;
  /// "" otherwise.
  const std::string& notice() const { return notice_; }
  /// The sources that could not be used, and why, in one line; "" where the first one was good.
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
  std::vector<DataPlace> places_;  ///< those not read yet, the next one last
  bool named_ = false;             ///< somebody named a folder: nothing is fetched in its place
  DataPlace place_;                ///< being read
  std::unique_ptr<Download> download_;
  std::shared_ptr<const Dataset> dataset_;
};

}  // namespace lf
