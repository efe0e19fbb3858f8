#include "preview/gallery.h"

#include <algorithm>

#include "base/classes.h"
#include "base/errors.h"
#include "base/image_shape.h"
#include "base/number_text.h"
#include "data/batches.h"
#include "data/generator.h"
#include "inference/latent_axes.h"
#include "models/weights/tensor_io.h"
#include "preview/preview.h"
#include "protocol/command_limits.h"

namespace lf::preview {
namespace {

constexpr int64_t kLatentsKept = 2000, kDigitsKept = 60;

at::Tensor bytes(const std::vector<uint8_t>& values, int64_t rows) {
  return at::tensor(at::ArrayRef<uint8_t>(values), at::kByte).view({rows, -1});
}

std::vector<uint8_t> to_vector(const at::Tensor& tensor) {
  const at::Tensor plain = tensor.contiguous();
  return {plain.data_ptr<uint8_t>(), plain.data_ptr<uint8_t>() + plain.numel()};
}

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
  throw InputError(path + ": " + why + "; delete the file, it is then made again");
}

/// The tensor called `name` with these sizes (-1: any); floats must be finite. Throws InputError.
at::Tensor expect(const std::map<std::string, at::Tensor>& tensors, const std::string& name,
                  at::ScalarType type, int64_t rows, int64_t columns, const std::string& path) {
  const auto found = tensors.find(name);
  const bool fits = found != tensors.end() && found->second.scalar_type() == type &&
                    found->second.dim() == 2 && (rows < 0 || found->second.size(0) == rows) &&
                    found->second.size(1) == columns;
  if (!fits) refuse(path, name + " is missing or misshapen");
  if (type == at::kFloat && !at::isfinite(found->second).all().item<bool>())
    refuse(path, name + " holds values that are not finite");
  return found->second;
}

/// (rows, columns) of digits, each 0…9, or up to `most`.
at::Tensor expect_digits(const std::map<std::string, at::Tensor>& tensors, const std::string& name,
                         int64_t rows, int64_t columns, const std::string& path,
                         int64_t most = kClasses - 1) {
  const at::Tensor digits = expect(tensors, name, at::kByte, rows, columns, path);
  if ((digits > most).any().item<bool>()) refuse(path, name + " holds a value that is not a digit");
  return digits;
}

at::Tensor floats(const std::vector<float>& values) {
  return at::tensor(at::ArrayRef<float>(values), at::kFloat);
}

void add_flow(files::Safetensors& file, const FlowBlock& flow) {
  const auto states = static_cast<int64_t>(flow.t.size());
  models::add_tensors(file, {{"flow.t", floats(flow.t).view({states, 1})},
                             {"flow.images", bytes(flow.images.bytes, states)},
                             {"flow.endpoints", bytes(flow.endpoints.bytes, states)},
                             {"flow.points", floats(flow.points).view({states, -1})},
                             {"flow.labels", bytes(flow.labels, flow.particles)}});
  if (!flow.judged.empty()) models::add_tensors(file, {{"flow.judged", bytes(flow.judged, states)}});
}

FlowBlock read_flow(const std::map<std::string, at::Tensor>& tensors, const std::string& path) {
  FlowBlock flow;
  const at::Tensor t = expect(tensors, "flow.t", at::kFloat, -1, 1, path).contiguous();
  // Samples of an unconditional network have no class unless a judge predicts one.
  const at::Tensor labels = expect_digits(tensors, "flow.labels", -1, 1, path, kNoClass);
  const int64_t states = t.size(0), particles = labels.size(0);
  const auto images = tensors.find("flow.images");
  const int64_t digits =
      images == tensors.end() || images->second.dim() != 2 ? -1 : images->second.size(1) / kDigitPixels;
  flow.images =
      data::image_sheet(expect(tensors, "flow.images", at::kByte, states, digits * kDigitPixels, path));
  flow.endpoints =
      data::image_sheet(expect(tensors, "flow.endpoints", at::kByte, states, digits * kDigitPixels, path));
  const at::Tensor points =
      expect(tensors, "flow.points", at::kFloat, states, particles * 2, path).contiguous();
  flow.points.assign(points.data_ptr<float>(), points.data_ptr<float>() + points.numel());
  if (tensors.count("flow.judged"))
    flow.judged = to_vector(expect_digits(tensors, "flow.judged", states, digits, path));
  if (digits < 1 || particles < digits || states < 2) refuse(path, "the stored flow is empty or misshapen");
  flow.t.assign(t.data_ptr<float>(), t.data_ptr<float>() + states);
  flow.labels = to_vector(labels);
  flow.digits = digits;
  flow.particles = particles;
  const PreviewRequest request;
  flow.solver = request.sampler.solver;
  flow.steps = states - 1;
  flow.nfe = 2 * flow.steps;  // the default preview takes midpoint steps
  flow.guidance = request.sampler.guidance;
  flow.seed = request.seed;
  flow.digit = request.digit;
  return flow;
}

}  // namespace

MapLatents map_latents(const inference::Model& model, const training::LatentCache& train,
                       const at::Tensor& labels) {
  const at::Tensor indices = train.first_known(kLatentsKept);
  const training::Latents known = train.rows(indices);
  auto generator = data::make_generator(1, Purpose::Preview, 1);
  const at::Tensor noise = at::randn(known.mean.sizes(), generator, at::kFloat);
  return {model.standardisation.to_standard(at::addcmul(known.mean, known.deviation, noise)),
          labels.index_select(0, indices)};
}

PreviewRequest gallery_request(const inference::Model& model) {
  return preview_request(Settings(model.settings.preset()));
}

namespace {

Gallery with_latents(const MapLatents& latents) {
  Gallery gallery;
  gallery.latents = latents.standard;
  gallery.labels = latents.labels;
  return gallery;
}

InspectCommand first_digits() {
  InspectCommand first;
  first.count = kDigitsKept;
  return first;
}

}  // namespace

GalleryMaker::GalleryMaker(const inference::Model& model, const data::DataTensors& data,
                           const training::LatentCache& train, const metrics::Judge* judge)
    : gallery_(with_latents(map_latents(model, train, data.train_labels))),
      reconstructions_(model, data, first_digits(), 10000),
      preview_(model, inference::find_latent_axes(gallery_.latents, gallery_.labels), judge,
               gallery_request(model),
               /*brief=*/false) {}

bool GalleryMaker::advance() {
  if (!reconstructed_) {
    reconstructed_ = !reconstructions_.advance();
    return true;
  }
  return preview_.advance();
}

double GalleryMaker::progress() const {
  return 0.5 * ((reconstructed_ ? 1 : reconstructions_.progress()) + preview_.progress());
}

Gallery GalleryMaker::take() {
  gallery_.reconstructions = *reconstructions_.take();
  gallery_.flow = *preview_.take();
  return std::move(gallery_);
}

void save_gallery(const Gallery& gallery, const std::string& path) {
  const auto& r = gallery.reconstructions;
  const auto n = static_cast<int64_t>(r.labels.size());
  files::Safetensors file;
  models::add_tensors(file, {{"latents", gallery.latents},
                             {"latent_labels", gallery.labels.to(at::kByte).view({-1, 1})},
                             {"original", bytes(r.original.bytes, n)},
                             {"reconstruction", bytes(r.reconstruction.bytes, n)},
                             {"labels", bytes(r.labels, n)},
                             {"mse", at::tensor(at::ArrayRef<float>(r.mse), at::kFloat).view({n, 1})}});
  add_flow(file, gallery.flow);
  file.metadata = {{"format", "latentflow-gallery-1"},
                   {"psnr", std::to_string(r.psnr)},
                   {"psnr_count", std::to_string(r.psnr_count)},
                   {"available", std::to_string(r.available)}};
  files::write_safetensors(path, file);
}

Gallery load_gallery(const std::string& path) {
  files::Safetensors file = files::read_safetensors(path);
  const auto tensors = models::to_tensors({std::move(file.tensors), {}});
  Gallery gallery;
  gallery.latents = expect(tensors, "latents", at::kFloat, -1, models::kLatentSize, path);
  const int64_t points = gallery.latents.size(0);
  if (points == 0) refuse(path, "it holds no latents");
  gallery.labels = expect_digits(tensors, "latent_labels", points, 1, path).to(at::kLong).view({-1});
  const at::Tensor original = expect(tensors, "original", at::kByte, -1, kDigitPixels, path);
  const int64_t n = original.size(0);
  auto& r = gallery.reconstructions;
  r.original = data::image_sheet(original);
  r.reconstruction = data::image_sheet(expect(tensors, "reconstruction", at::kByte, n, kDigitPixels, path));
  r.labels = to_vector(expect_digits(tensors, "labels", n, 1, path));
  const at::Tensor mse = expect(tensors, "mse", at::kFloat, n, 1, path).contiguous();
  r.mse.assign(mse.data_ptr<float>(), mse.data_ptr<float>() + n);
  for (int64_t i = 0; i < n; ++i) r.index.push_back(static_cast<int32_t>(i));
  r.split = "test";
  r.order = "first";
  gallery.flow = read_flow(tensors, path);
  const auto fact = [&](const char* key) {
    const auto found = file.metadata.find(key);
    return found == file.metadata.end() ? 0.0 : parse_number(found->second).value_or(0);
  };
  const auto count = [&](const char* key) {
    return static_cast<int64_t>(std::clamp(fact(key), 0.0, static_cast<double>(kMostSamples)));
  };
  r.psnr = fact("psnr");
  r.psnr_count = count("psnr_count");
  r.available = count("available");
  return gallery;
}

}  // namespace lf::preview
