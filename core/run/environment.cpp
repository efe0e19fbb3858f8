#include "run/environment.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <elf.h>
#include <link.h>
#include <torch/version.h>

#include <cstdio>
#include <cstring>

#include "base/version.h"
#include "kernels/arithmetic.h"
#include "parallel/fork_join.h"

namespace lf::run {
namespace {

constexpr size_t kShownBytes = 6;

/// The note of the linker among the notes from `at` to `end`.
std::string identity_in(const char* at, const char* end) {
  while (at + sizeof(ElfW(Nhdr)) <= end) {
    ElfW(Nhdr) note;
    std::memcpy(&note, at, sizeof note);
    const auto padded = [](size_t n) { return (n + 3) / 4 * 4; };
    const char* name = at + sizeof note;
    const char* value = name + padded(note.n_namesz);
    if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && std::memcmp(name, "GNU", 4) == 0 &&
        note.n_descsz >= kShownBytes) {
      std::string hex;
      char digits[3];
      for (size_t i = 0; i < kShownBytes; ++i) {
        std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned char>(value[i]));
        hex += digits;
      }
      return hex;
    }
    at = value + padded(note.n_descsz);
  }
  return "";
}

/// If this function is inside `object`, stores the object's identity in `found`.
int look_into(dl_phdr_info* object, size_t, void* found) {
  const auto here = reinterpret_cast<ElfW(Addr)>(&look_into);
  const auto* begin = object->dlpi_phdr;
  const auto* end = begin + object->dlpi_phnum;
  bool mine = false;
  for (const auto* part = begin; part != end; ++part) {
    const auto address = object->dlpi_addr + part->p_vaddr;
    mine |= part->p_type == PT_LOAD && here >= address && here < address + part->p_memsz;
  }
  if (!mine) return 0;
  for (const auto* part = begin; part != end; ++part) {
    if (part->p_type != PT_NOTE) continue;
    const auto* notes = reinterpret_cast<const char*>(object->dlpi_addr + part->p_vaddr);
    const std::string identity = identity_in(notes, notes + part->p_memsz);
    if (!identity.empty()) *static_cast<std::string*>(found) = identity;
  }
  return 1;
}

}  // namespace

std::string build_identity() {
  std::string identity;
  dl_iterate_phdr(&look_into, &identity);
  return identity;
}

records::Environment this_environment(const training::Accelerator* accelerator, const Settings& settings) {
  const std::string identity = build_identity();
  const std::string build =
      std::string(kProgramVersion) + (identity.empty() ? "" : " " + identity) + ", LibTorch " + TORCH_VERSION;
  if (accelerator)
    return {at::get_num_threads(), at::get_cpu_capability(), accelerator->name(), build, "",
            parallel::kParts};
  return {at::get_num_threads(),
          at::get_cpu_capability(),
          "cpu",
          build,
          kernels::arithmetic_name(kernels::arithmetic_for(settings.general.arithmetic)),
          parallel::kParts};
}

Settings with_arithmetic_of(const records::Environment& then, Settings settings) {
  const bool rounded = then.arithmetic == kernels::arithmetic_name(kernels::Arithmetic::BFloat16);
  if (rounded && kernels::bfloat_unit() != kernels::BFloatUnit::None)
    settings.general.arithmetic = "bfloat16";
  if (then.arithmetic.empty() || then.arithmetic == kernels::arithmetic_name(kernels::Arithmetic::Float32))
    settings.general.arithmetic = "float32";
  return settings;
}

}  // namespace lf::run
