#include "experiment/preview.h"

#include <ATen/core/grad_mode.h>

#include <chrono>
#include <cstring>

#include "data/batches.h"
#include "flow/paths.h"

namespace lf {
namespace {

constexpr int64_t kDigits = 40, kParticles = 120;

/// The first `count` of the particles' noise: the same for every count.
at::Tensor preview_noise(int64_t seed, int64_t count) {
  auto generator = make_generator(static_cast<uint64_t>(seed), Purpose::Preview);
  return at::randn({kParticles, kLatentChannels, kLatentSide, kLatentSide}, generator, at::kFloat)
      .narrow(0, 0, count)
      .clone();
}

void copy_bytes(const at::Tensor& from, std::vector<uint8_t>& to, size_t offset) {
  std::memcpy(to.data() + offset, from.contiguous().data_ptr(), from.nbytes());
}

}  // namespace

bool PreviewRequest::operator==(const PreviewRequest& other) const {
  return sampler.solver == other.sampler.solver && sampler.steps == other.sampler.steps &&
         sampler.guidance == other.sampler.guidance && seed == other.seed && digit == other.digit &&
         raw_weights == other.raw_weights;
}

PreviewRequest preview_request(const Settings& settings) {
  PreviewRequest request;
  request.sampler = {settings.text("preview.solver"), settings.integer("preview.steps"),
                     settings.number("preview.guidance")};
  request.seed = settings.integer("preview.seed");
  request.digit = static_cast<int>(settings.integer("preview.digit"));
  request.raw_weights = settings.text("preview.weights") == "raw";
  return request;
}

Preview::Preview(const Model& model, const LatentAxes& axes, const Judge* judge, PreviewRequest request,
                 bool brief)
    : model_(model),
      axes_(axes),
      judge_(judge),
      request_(std::move(request)),
      particles_(brief ? kDigits : kParticles),
      labels_(cycled_labels(0, particles_, request_.digit)),
      field_(model_velocity(model, labels_, request_.sampler.guidance, request_.raw_weights)),
      integration_(preview_noise(request_.seed, particles_), integrate_options(request_.sampler)) {}

bool Preview::advance() {
  const auto start = std::chrono::steady_clock::now();
  if (!integration_.done()) {
    const double t = integration_.wanted_t();
    const at::Tensor v = field_(integration_.wanted_x(), t);
    // The first evaluation of a step happens at its start: that velocity also gives the endpoint guess there,
    // for free.
    if (velocities_.size() < integration_.trajectory().x.size() && t == integration_.trajectory().t.back()) {
      velocities_.push_back(v.clone());
    }
    integration_.supply(v);
  } else if (!block_ || decoded_ < block_->t.size()) {
    decode_slice();
  } else if (judge_ && judged_ < block_->t.size()) {
    judge_slice();
  }
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  milliseconds_ += took.count();
  const bool decoded = block_ && decoded_ == block_->t.size();
  return !(decoded && (!judge_ || judged_ == block_->t.size()));
}

void Preview::decode_slice() {
  at::NoGradGuard no_grad;
  const Trajectory& path = integration_.trajectory();
  const size_t states = path.t.size(), bytes = kDigits * 784;
  if (!block_) {
    block_ = std::make_shared<FlowBlock>();
    block_->t.assign(path.t.begin(), path.t.end());
    block_->images.resize(states * bytes);
    block_->endpoints.resize(states * bytes);
    block_->points.resize(states * static_cast<size_t>(particles_) * 2);
  }
  const size_t s = decoded_++;
  const at::Tensor x = path.x[s];
  // Where no velocity was evaluated at this very state (the end, or after a jump) the guess is the state
  // itself.
  const at::Tensor guess =
      s < velocities_.size()
          ? endpoint_guess(x, velocities_[s], at::full({particles_}, path.t[s], at::kFloat),
                           model_.settings.number("flow.sigma_min"))
          : x;
  const at::Tensor both = at::cat({x.narrow(0, 0, kDigits), guess.narrow(0, 0, kDigits)});
  const at::Tensor pixels = decode_pixels(model_, both);
  copy_bytes(pixels.narrow(0, 0, kDigits), block_->images, s * bytes);
  copy_bytes(pixels.narrow(0, kDigits, kDigits), block_->endpoints, s * bytes);
  const at::Tensor points = axes_.project(x).contiguous();
  std::memcpy(block_->points.data() + s * static_cast<size_t>(particles_) * 2, points.data_ptr(),
              points.nbytes());
}

void Preview::judge_slice() {
  at::NoGradGuard no_grad;
  const size_t s = judged_++;
  if (block_->judged.empty()) block_->judged.resize(block_->t.size() * kDigits);
  const at::Tensor pixels =
      at::from_blob(block_->endpoints.data() + s * kDigits * 784, {kDigits, 784}, at::kByte);
  copy_bytes(judge_->run_block(pixels.clone()).logits.argmax(1).to(at::kByte), block_->judged, s * kDigits);
}

std::shared_ptr<FlowBlock> Preview::take() {
  block_->digits = kDigits;
  block_->particles = particles_;
  block_->labels.resize(static_cast<size_t>(particles_));
  copy_bytes(labels_.to(at::kByte), block_->labels, 0);
  block_->solver = request_.sampler.solver;
  block_->steps = static_cast<int64_t>(block_->t.size()) - 1;
  block_->nfe = integration_.trajectory().nfe;
  block_->guidance = request_.sampler.guidance;
  block_->seed = request_.seed;
  block_->digit = request_.digit;
  block_->trained_step = model_.flow_steps;
  block_->untrained = model_.flow_steps == 0;
  block_->milliseconds = milliseconds_;
  return block_;
}

}  // namespace lf
