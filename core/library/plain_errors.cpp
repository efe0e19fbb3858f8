#include "library/plain_errors.h"

#include <c10/util/Exception.h>

#include <new>
#include <string>
#include <utility>

#include "base/errors.h"

namespace lf::library {
namespace {

constexpr const char* kNoMemory =
    "; the current task has ended. Use smaller batches, fewer samples or a smaller network, or close "
    "other programs";

/// "1,036 MB" from "… you tried to allocate 1036277888 bytes …"; "" without such a number.
std::string asked_for(const std::string& text) {
  const std::string before = "tried to allocate ";
  const auto at = text.find(before);
  if (at == std::string::npos) return "";
  std::string amount = text.substr(at + before.size(), 30);
  const auto bytes = amount.find(" bytes");
  if (bytes == std::string::npos) return " (" + amount.substr(0, amount.find('.', amount.find(' '))) + ")";
  amount.resize(bytes);
  return amount.size() > 6 ? " (" + amount.substr(0, amount.size() - 6) + " MB more were needed)" : "";
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

/// Calls f and simplifies its exceptions.
template <class F>
auto plainly(F f) {
  try {
    return f();
  } catch (...) {
    throw_plainly(std::current_exception());
  }
}

class PlainErrors : public Workload {
 public:
  explicit PlainErrors(std::unique_ptr<Workload> inner) : inner_(std::move(inner)) {}

  void apply(const Command& command) override {
    plainly([&] { inner_->apply(command); });
  }
  bool advance() override {
    return plainly([&] { return inner_->advance(); });
  }
  void describe(Snapshot& snapshot) override {
    plainly([&] { inner_->describe(snapshot); });
  }
  void report_error(const std::string& what) override { inner_->report_error(what); }
  bool finished() const override { return inner_->finished(); }
  void finish() override {
    plainly([&] { inner_->finish(); });
  }

 private:
  std::unique_ptr<Workload> inner_;
};

}  // namespace

void throw_plainly(std::exception_ptr caught) {
  try {
    std::rethrow_exception(caught);
  } catch (const c10::OutOfMemoryError& error) {
    throw RunError("the device has no memory left" + asked_for(error.what_without_backtrace()) + kNoMemory);
  } catch (const c10::Error& error) {
    const std::string text = error.what_without_backtrace();
    if (text.find("can't allocate memory") == std::string::npos) throw RunError(first_line(text));
    throw RunError("out of memory" + asked_for(text) + kNoMemory);
  } catch (const std::bad_alloc&) {
    throw RunError(std::string("out of memory") + kNoMemory);
  }
}

std::string plain_text(std::exception_ptr caught) {
  try {
    throw_plainly(caught);
  } catch (const std::exception& known) {
    return one_line(known.what());
  } catch (...) {
    return "an error of an unknown kind";
  }
}

std::unique_ptr<Workload> with_plain_errors(std::unique_ptr<Workload> inner) {
  return std::make_unique<PlainErrors>(std::move(inner));
}

}  // namespace lf::library
