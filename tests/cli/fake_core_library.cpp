// Stands in for the core library: the same door, no tensors behind it.
#include <cstdio>

#include "api/core_interface.h"
#include "base/errors.h"

namespace {

class TinyWorkload : public lf::Workload {
 public:
  explicit TinyWorkload(std::string preset) : preset_(std::move(preset)) {}
  void apply(const lf::Command&) override { throw lf::InputError("the fake obeys nothing"); }
  bool advance() override { return false; }
  void describe(lf::Snapshot& snapshot) override {
    auto run = std::make_shared<lf::RunBlock>();
    run->preset = preset_;
    snapshot.run = run;
  }
  void report_error(const std::string&) override {}

 private:
  std::string preset_;
};

}  // namespace

extern "C" lf::Workload* latentflow_make_experiment(const lf::ExperimentOptions* options, char* error,
                                                    size_t error_size) {
  if (options->preset == "input error") {
    std::snprintf(error, error_size, "%cthe fake refuses its input", lf::kCoreInputError);
    return nullptr;
  }
  if (options->preset == "run error") {
    std::snprintf(error, error_size, "%cthe fake fails", lf::kCoreRunError);
    return nullptr;
  }
  return new TinyWorkload(options->preset);
}

extern "C" const char* latentflow_torch_version() { return "fake"; }

extern "C" bool latentflow_accelerator(char* text, size_t text_size) {
  std::snprintf(text, text_size, "Fake Card");
  return true;
}
