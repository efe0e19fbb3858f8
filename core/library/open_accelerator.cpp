#include "library/open_accelerator.h"

#include <dlfcn.h>

#include <array>
#include <cstdlib>
#include <filesystem>

#include "base/paths.h"

namespace lf::library {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPluginName = "liblatentflow_cuda.so";

/// The folder of the library (or program) that this function was linked into.
fs::path own_folder() {
  Dl_info info{};
  if (dladdr(reinterpret_cast<const void*>(&own_folder), &info) == 0 || !info.dli_fname) return {};
  return fs::path(info.dli_fname).parent_path();
}

fs::path plugin_file(const std::string& file) {
  if (!file.empty()) return file;
  const char* named = std::getenv("LATENTFLOW_CUDA");
  return named && *named ? fs::path(named) : own_folder() / kPluginName;
}

/// dlerror() as one line, with advice if LibTorch's CUDA part is missing.
std::string loader_reason() {
  const char* text = dlerror();
  std::string line = text ? text : "unknown reason";
  for (char& c : line) c = c == '\n' ? ' ' : c;
  const bool half =
      line.find("libtorch_cuda") != std::string::npos || line.find("libc10_cuda") != std::string::npos;
  if (half)
    return "this LibTorch has no CUDA part; './dev setup' fetches it where an NVIDIA driver is installed";
  return "the CUDA plug-in cannot be opened: " + line;
}

}  // namespace

FoundAccelerator open_accelerator(const std::string& file) {
  const fs::path path = plugin_file(file);
  if (!is_file(path))
    return {nullptr, "the CUDA plug-in is not built; a build with nvcc makes it (see CONTRIBUTING.md)"};
  // Never closed: LibTorch's CUDA part registers objects that outlive any dlclose.
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library) return {nullptr, loader_reason()};
  auto* make =
      reinterpret_cast<training::MakeAcceleratorFunction*>(dlsym(library, training::kMakeAcceleratorSymbol));
  if (!make) return {nullptr, path.string() + " is not a plug-in of this program"};
  std::array<char, 1024> why{};
  std::unique_ptr<training::Accelerator> device(make(training::kAcceleratorVersion, why.data(), why.size()));
  const std::string reason = device ? "" : why.data();
  return {std::move(device), reason};
}

}  // namespace lf::library
