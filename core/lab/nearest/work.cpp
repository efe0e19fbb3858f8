// Nearest training digits: the preview's samples compared with the whole training set, by latents
// and by pixels. The same for real test digits gives the range of d1/d2 without copying.
#include "lab/work.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <optional>

#include "base/classes.h"
#include "base/errors.h"
#include "data/batches.h"
#include "inference/noise.h"
#include "inference/sampling.h"
#include "lab/nearest/result.h"
#include "metrics/nearest.h"

namespace lf::lab {
namespace {

constexpr int64_t kSamples = 40, kNearestSteps = 16, kNeighbours = 5, kTestDigits = 1000;
constexpr int kBlocksShown = 12;  ///< blocks of a search between two partial results
constexpr double kQuantile = 0.01;
constexpr uint64_t kPosteriorSeed = 1;

template <class T>
void assign(std::vector<T>& to, const at::Tensor& values) {
  const at::Tensor whole = values.contiguous();
  to.assign(whole.data_ptr<T>(), whole.data_ptr<T>() + whole.numel());
}

class NearestDigits : public LabWork {
 public:
  explicit NearestDigits(const LabInput& input)
      : model_(input.model), latents_(input.latents), train_(latents_.train()), test_(latents_.test()) {
    found_.samples = kSamples;
    found_.train_count = train_.pixels.size(0);
    found_.k = std::min(kNeighbours, found_.train_count);
    found_.test_count = std::min(kTestDigits, test_.pixels.size(0));
    if (found_.k < 2 || found_.test_count < 1)
      throw InputError("the nearest training digits need two digits to train on and one to test with");
    // What needs no encoding has its result at once.
    const bool known = train_.complete();
    searches_ = {{known, false}, {!known, false}, {known, true}, {!known, true}};
    draw_anew(input.options);
  }

  bool advance() override {
    const at::NoGradGuard no_grad;
    news_ = false;
    if (!integration_->done())
      integration_->supply(field_(integration_->wanted_x(), integration_->wanted_t()));
    else if (found_.pictures.empty())
      finish_samples();
    else if (next_ < searches_.size())
      search_slice();
    return next_ < searches_.size();
  }

  double progress() const override {
    if (found_.pictures.empty())
      return 0.1 * static_cast<double>(integration_->trajectory().t.size()) / (kNearestSteps + 1);
    if (next_ >= searches_.size()) return 1;
    const double part = search_ ? 0.5 + 0.5 * search_->progress() : 0.5 * train_.progress();
    return 0.1 + 0.9 * (static_cast<double>(next_) + part) / static_cast<double>(searches_.size());
  }

  bool news() const override { return news_; }
  void publish(LabBlock& block) const override { block.result = std::make_shared<const LabNearest>(found_); }

  /// Other samples of the same model: the results for real digits stay valid.
  bool retarget(const LabOptions& options) override {
    if (!model_.net->labelled() && (options.guidance != 1 || options.digit >= 0)) return false;
    draw_anew(options);
    return true;
  }

 private:
  /// The digits to search for, and the distance.
  struct Search {
    bool latent, of_test;
  };

  void draw_anew(const LabOptions& options) {
    const at::Tensor labels = inference::cycled_labels(0, kSamples, options.digit);
    field_ = inference::model_velocity(model_, labels, options.guidance, options.raw_weights);
    integration_.emplace(inference::preview_noise(options.seed, kSamples),
                         inference::integrate_options({"midpoint", kNearestSteps, options.guidance}));
    search_.reset();
    next_ = 0;
    const bool asked = model_.net->labelled() && options.guidance != 0;
    assign(found_.labels, (asked ? labels : at::full_like(labels, kNoClass)).to(at::kByte));
    found_.pictures = {};
    for (LabNeighbours* near : {&found_.latent, &found_.pixels}) {
      near->index.clear(), near->distance.clear(), near->labels.clear();
      near->pictures = {}, near->ratio.clear();
    }
  }

  void finish_samples() {
    samples_ = integration_->trajectory().x.back().flatten(1);
    sample_pixels_ = inference::decode_pixels(model_, samples_).contiguous();
    found_.pictures = data::image_sheet(sample_pixels_);
    news_ = true;
  }

  LabNeighbours& space(const Search& search) { return search.latent ? found_.latent : found_.pixels; }

  void search_slice() {
    const Search& search = searches_[next_];
    if (search.of_test && !space(search).test_ratio.empty()) return void(++next_);
    if (!search_ && search.latent && !latents_ready(search)) return;
    if (!search_) {
      search_.emplace(queries(search), search.latent ? train_means_ : train_.pixels,
                      search.of_test ? 2 : found_.k);
      blocks_ = 0;
    }
    const bool more = search_->advance();
    const bool enough = !search.of_test && ++blocks_ % kBlocksShown == 0;
    if (more && !enough) return;
    search.of_test ? take_test(space(search)) : take_samples(space(search));
    news_ = true;
    if (more) return;
    search_.reset();
    ++next_;
  }

  /// Encodes one more block of the latents that the search needs; true when all of them are known.
  bool latents_ready(const Search& search) {
    if (!train_.complete()) return train_.advance(), false;
    if (!train_means_.defined()) train_means_ = latents_.standard_means(train_);
    if (!search.of_test || test_.known() >= found_.test_count) return true;
    return test_.advance(), false;
  }

  /// The flow learns latents with noise (`latent.noise`), so its samples contain it: real digits
  /// get it too.
  at::Tensor queries(const Search& search) {
    if (!search.of_test) return search.latent ? samples_ : sample_pixels_;
    const int64_t n = found_.test_count;
    if (!search.latent) return test_.pixels.narrow(0, 0, n);
    const at::Tensor mean = latents_.standard_means(test_).narrow(0, 0, n);
    const at::Tensor deviation = latents_.standard_deviations(test_).narrow(0, 0, n);
    at::Generator generator = at::detail::createCPUGenerator(kPosteriorSeed);
    return at::addcmul(mean, deviation, at::randn(mean.sizes(), generator, at::kFloat));
  }

  void take_samples(LabNeighbours& near) {
    const metrics::NearestRows rows = search_->finish();
    const at::Tensor flat = rows.index.flatten();
    assign(near.index, rows.index);
    assign(near.distance, rows.distance);
    assign(near.labels, train_.labels.index_select(0, flat).to(at::kByte));
    near.pictures = data::image_sheet(train_.pixels.index_select(0, flat));
    assign(near.ratio, metrics::copy_ratio(rows.distance.select(1, 0), rows.distance.select(1, 1)));
  }

  void take_test(LabNeighbours& near) {
    const metrics::NearestRows rows = search_->finish();
    const at::Tensor ratio = metrics::copy_ratio(rows.distance.select(1, 0), rows.distance.select(1, 1));
    assign(near.test_ratio, std::get<0>(ratio.sort()));
    near.threshold = ratio.quantile(kQuantile).item<double>();
  }

  const inference::Model& model_;
  LatentStore& latents_;
  LatentStore::Split &train_, &test_;
  flow::VelocityField field_;
  std::optional<flow::Integration> integration_;
  at::Tensor samples_, sample_pixels_, train_means_;
  std::vector<Search> searches_;
  size_t next_ = 0;
  std::optional<metrics::NearestSearch> search_;
  int blocks_ = 0;
  bool news_ = false;
  LabNearest found_;
};

}  // namespace

std::unique_ptr<LabWork> make_lab_nearest(const LabInput& input) {
  input.latents.require("the search for the nearest training digits");
  inference::require_labels(input.model, input.options.guidance, input.options.digit,
                            "the search for the nearest training digits");
  return std::make_unique<NearestDigits>(input);
}

}  // namespace lf::lab
