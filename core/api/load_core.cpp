// Opens the core library, and with it LibTorch, only when needed: the window opens before that.
#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <vector>

#include "api/core_interface.h"
#include "base/errors.h"
#include "base/paths.h"
#include "base/user_folders.h"

namespace lf {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCoreName = "liblatentflow_core.so";
/// How often a waiting OpenMP thread polls before it sleeps: 0.1 ms or less. Ten times as much
/// gains little more on a quiet machine, and makes products four times slower if other programs
/// need the cores.
constexpr const char* kSpinTurns = "3000";

/// Possible locations of the core, in order.
std::vector<fs::path> core_candidates() {
  if (const char* named = std::getenv("LATENTFLOW_CORE"); named && *named) return {named};
  const fs::path folder = program_folder();
  return {folder / kCoreName, folder / ".." / "lib" / kCoreName,
          folder / ".." / "lib" / "latentflow" / kCoreName};
}

fs::path find_core() {
  std::string looked;
  for (const auto& candidate : core_candidates()) {
    if (is_file(candidate)) return candidate;
    looked += (looked.empty() ? "" : ", ") + candidate.lexically_normal().string();
  }
  throw RunError("the core library was not found (looked for " + looked +
                 "); build it with ./dev build, or name it in LATENTFLOW_CORE");
}

/// dlerror() as one line.
std::string loader_error() {
  const char* text = dlerror();
  std::string line = text ? text : "unknown reason";
  for (char& c : line) c = c == '\n' ? ' ' : c;
  return line;
}

/// Only changes are written: a second call changes nothing that another thread may be reading.
void set_variable(const char* name, const char* value) {
  const char* present = std::getenv(name);
  if (!present || std::strcmp(present, value) != 0) setenv(name, value, 1);
}

/// While an object lives, the working folder has a path. MKL needs one while it is loaded, and ends
/// the program otherwise. A removed folder has none, nor has one deeper than MKL's buffer.
class WorkingFolderWithAPath {
 public:
  WorkingFolderWithAPath() {
    char path[PATH_MAX];
    if (getcwd(path, sizeof path)) return;
    before_ = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (before_ < 0 || chdir("/") != 0)  // the first is a folder without permission, the second never happens
      throw RunError(
          "the working folder has been removed or cannot be entered again; start in another folder");
  }
  ~WorkingFolderWithAPath() {
    if (before_ < 0) return;
    if (fchdir(before_) != 0) std::fputs("latentflow: the working folder is lost; it is / now\n", stderr);
    close(before_);
  }
  WorkingFolderWithAPath(const WorkingFolderWithAPath&) = delete;
  WorkingFolderWithAPath& operator=(const WorkingFolderWithAPath&) = delete;

 private:
  int before_ = -1;  ///< none if nothing was changed
};

/// Never closed: LibTorch registers objects that outlive any dlclose. Opening it again gives the
/// same library.
void* core_library() {
  const auto path = find_core();
  set_core_environment();
  const WorkingFolderWithAPath meanwhile;
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    throw RunError("the core library " + path.string() + " cannot be opened: " + loader_error() +
                   "; build it again with ./dev build");
  }
  return library;
}

template <class Function>
Function* core_function(const char* name) {
  auto* function = reinterpret_cast<Function*>(dlsym(core_library(), name));
  if (!function)
    throw RunError("the core library has no " + std::string(name) + "; build it again with ./dev build");
  return function;
}

}  // namespace

void set_core_environment() {
  // Threads that always spin would take a whole core from the window. Waking one that sleeps in the
  // kernel can cost half the time of a training step. So they spin briefly, then sleep. With more
  // threads than cores, OpenMP lets none spin. A user who sets either variable overrides both.
  if (!std::getenv("OMP_WAIT_POLICY")) {
    set_variable("OMP_WAIT_POLICY", "PASSIVE");
    if (!std::getenv("GOMP_SPINCOUNT")) set_variable("GOMP_SPINCOUNT", kSpinTurns);
  }
  // Teams that shrink with the load of the machine would leave products waiting for threads that never come.
  set_variable("OMP_DYNAMIC", "FALSE");
  // LibTorch knows the stack size that its kernels need: a smaller stack overflows, and one too
  // large for the memory ends the program.
  if (std::getenv("GOMP_STACKSIZE")) unsetenv("GOMP_STACKSIZE");
  set_variable("OMP_STACKSIZE", "8M");
}

std::unique_ptr<Workload> load_experiment(const ExperimentOptions& options) {
  auto* make = core_function<MakeExperimentFunction>(kMakeExperimentSymbol);
  std::array<char, 4096> error{};
  std::unique_ptr<Workload> experiment(make(&options, error.data(), error.size()));
  if (experiment) return experiment;
  const std::string text = error[0] ? error.data() + 1 : "the core library gave no reason";
  if (error[0] == kCoreInputError) throw InputError(text);
  throw RunError(text);
}

AcceleratorFacts core_accelerator() {
  std::array<char, 1024> text{};
  const bool found = core_function<AcceleratorFunction>(kAcceleratorSymbol)(text.data(), text.size());
  return {found, text.data()};
}

std::string core_torch_version() { return core_function<TorchVersionFunction>(kTorchVersionSymbol)(); }

}  // namespace lf
