#include "run/latent_files.h"

#include "base/errors.h"
#include "base/paths.h"
#include "base/user_folders.h"
#include "files/sha256.h"
#include "models/weights/tensor_io.h"

namespace lf::run {
namespace fs = std::filesystem;
namespace {

constexpr size_t kDigestLetters = 24;  // 96 bits: enough for distinct data sets

std::string digest(const at::Tensor& tensor) {
  const at::Tensor plain = tensor.cpu().contiguous();
  return files::sha256_hex(plain.data_ptr(), plain.nbytes()).substr(0, kDigestLetters);
}

}  // namespace

fs::path latents_file(const models::Autoencoder& autoencoder, const at::Tensor& pixels) {
  return cache_folder() / "latents" /
         (digest(autoencoder.parameters().flat()) + "-" + digest(pixels) + ".safetensors");
}

void load_latents(const fs::path& file, training::LatentCache& cache) {
  if (!path_exists(file)) return;
  try {
    cache.load(models::to_tensors(files::read_safetensors(file)), file.string());
  } catch (const InputError&) {
    remove_path(file);  // it is only a cache
  }
}

void save_latents(const training::LatentCache& cache, const fs::path& file) {
  const std::string why = make_folders(file.parent_path());
  if (!why.empty()) throw RunError("cannot make " + file.parent_path().string() + ": " + why);
  files::Safetensors content;
  models::add_tensors(content, cache.to_map());
  files::write_safetensors(file, content);
}

}  // namespace lf::run
