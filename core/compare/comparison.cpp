#include "compare/comparison.h"

#include <algorithm>
#include <filesystem>

#include "base/errors.h"
#include "base/paths.h"
#include "compare/settings_difference.h"
#include "compare/weights_difference.h"
#include "files/sha256.h"
#include "inference/noise.h"
#include "inference/reflow_pairs.h"
#include "preview/gallery.h"
#include "preview/latent_map.h"
#include "preview/score.h"
#include "run/folder.h"
#include "run/weights_digest.h"

namespace lf::compare {
namespace {

constexpr size_t kShownDigest = 12;                ///< letters
constexpr uint64_t kVersions = uint64_t{1} << 41;  ///< of trajectories: never those of other previews

std::string noise_digest(const preview::PreviewRequest& request) {
  const at::Tensor noise = inference::preview_noise(request.seed, request.digits).contiguous();
  return files::sha256_hex(noise.data_ptr(), noise.nbytes()).substr(0, kShownDigest);
}

ComparedModel row_of(const Subject& subject) {
  ComparedModel row;
  row.path = subject.path;
  row.name = subject.name;
  row.preset = subject.model->settings.preset();
  row.autoencoder = run::autoencoder_digest(*subject.model).substr(0, kShownDigest);
  row.parameters = subject.model->net->parameters().count();
  row.flow_steps = subject.model->flow_steps;
  row.score = subject.score;
  return row;
}

/// The stored latents beside a model; empty if there are none, or they cannot be read.
std::optional<preview::Gallery> gallery_beside(const Subject& subject) {
  const std::filesystem::path given(subject.path);
  const std::filesystem::path folder = is_folder(given) ? given : given.parent_path();
  if (!is_file(folder / "gallery.safetensors")) return {};
  try {
    return preview::load_gallery((folder / "gallery.safetensors").string());
  } catch (const InputError&) {
    return {};  // only the background of the map
  }
}

/// Its curves. A model without readable ones is compared without them; `remark` then says why.
RunCurves readable_curves(const Subject& subject, std::string& remark) {
  try {
    return curves_of(subject);
  } catch (const InputError& damaged) {
    remark += (remark.empty() ? "" : "; ") + std::string(damaged.what()) + "; its curves are left out";
    RunCurves none;
    none.folder = subject.path;
    none.name = subject.name;
    return none;
  }
}

}  // namespace

Comparison::Comparison(ComparisonRequest request)
    : request_(std::move(request)), axes_(preview::plain_axes()) {
  next_->noise = noise_digest(request_.preview);
  next_->samples = request_.samples;
  next_->evaluations = request_.samples > 0 ? request_.evaluations : 0;
  changed_ = true;
}

CompareBlock& Comparison::changed() {
  if (!changed_) next_ = std::make_shared<CompareBlock>(*published_);
  changed_ = true;
  return *next_;
}

std::shared_ptr<const CompareBlock> Comparison::block() {
  if (!changed_) return published_;
  changed_ = false;
  next_->version = ++versions_;
  published_ = next_;
  return published_;
}

bool Comparison::advance() {
  if (subjects_.size() < request_.paths.size()) {
    open_next();
    return true;
  }
  if (!related_) {
    relate();
    return true;
  }
  if (sample_slice() || score_slice()) return true;
  if (!block()->complete) changed().complete = true;
  return false;
}

double Comparison::progress() const {
  const auto models = static_cast<double>(std::max<size_t>(1, request_.paths.size()));
  const bool scored = request_.samples > 0 && request_.judge_for;
  const double one = sampling_ ? sampling_->progress() : 0, score = evaluator_ ? evaluator_->progress() : 0;
  const double samples = (static_cast<double>(sampled_) + one) / models;
  if (!scored) return std::min(1.0, samples);
  const double evaluations = static_cast<double>(std::max<int64_t>(1, request_.evaluations));
  const double part = scored_ < next_->models.size()
                          ? (static_cast<double>(next_->models[scored_].fd.size()) + score) / evaluations
                          : 0;
  return std::min(1.0, 0.1 * samples + 0.9 * (static_cast<double>(scored_) + part) / models);
}

void Comparison::sample_again(const preview::PreviewRequest& preview) {
  request_.preview = preview;
  sampling_.reset();
  sampled_ = 0;
  CompareBlock& block = changed();
  block.noise = noise_digest(preview);
  block.complete = false;
}

void Comparison::open_next() {
  const std::string& path = request_.paths[subjects_.size()];
  Subject subject;
  RunCurves curves;
  ComparedModel row;
  try {
    subject = open_subject(path);
    curves = readable_curves(subject, changed().remark);
    row = row_of(subject);
  } catch (const InputError& unreadable) {
    if (!request_.tolerant) throw;
    subject = Subject{};
    row.path = path;
    row.name = run::run_name(path);
    row.problem = unreadable.what();
    curves.folder = path;
    curves.name = row.name;
  }
  judges_.push_back(subject.model && request_.judge_for ? request_.judge_for(subject.model->data_digest)
                                                        : nullptr);
  subjects_.push_back(std::move(subject));
  curves_.push_back(std::move(curves));
  changed().models.push_back(std::move(row));
}

/// Settings, weights and records, once all models are known.
void Comparison::relate() {
  related_ = true;
  CompareBlock& block = changed();
  std::vector<const Settings*> settings;
  for (const Subject& subject : subjects_)
    if (subject.model) settings.push_back(&subject.model->settings);
  if (settings.size() == subjects_.size()) block.settings = settings_difference(settings);
  const Subject& first = subjects_.front();
  for (size_t i = 1; i < subjects_.size(); ++i) {
    const bool both = first.model && subjects_[i].model;
    block.weights.push_back(both ? weights_difference(*first.model, *subjects_[i].model)
                                 : WeightsDifference{});
    const Divergence divergence = both ? find_divergence(first, subjects_[i]) : Divergence{};
    block.divergence.push_back(divergence.text);
    if (i == 1) divergence_ = divergence;
    if (both && first.model->data_digest != subjects_[i].model->data_digest)
      block.remark += (block.remark.empty() ? "" : "; ") + subjects_[i].name + " was trained on " +
                      subjects_[i].model->data_name + ", " + first.name + " on " + first.model->data_name;
  }
  choose_axes();
}

/// One map needs one autoencoder: others have other latents.
void Comparison::choose_axes() {
  CompareBlock& block = changed();
  std::string digest;
  for (const ComparedModel& model : block.models) {
    if (!model.problem.empty()) continue;
    if (!digest.empty() && digest != model.autoencoder) return;
    digest = model.autoencoder;
  }
  block.shares_axes = !digest.empty();
  block.comparable_losses = std::all_of(subjects_.begin(), subjects_.end(), [](const Subject& subject) {
    return !subject.model || inference::reflows(*subject.model) == 0;
  });
  for (const Subject& subject : subjects_) {
    if (!subject.model || block.map) continue;
    const auto gallery = gallery_beside(subject);
    if (!gallery) continue;
    const preview::LatentMap map = preview::make_latent_map(gallery->latents, gallery->labels, MapBlock{});
    axes_ = map.axes;
    map.block->version = ++versions_;
    block.map = map.block;
  }
}

/// One slice of the next model's trajectories. False when there is none left.
bool Comparison::sample_slice() {
  while (sampled_ < subjects_.size() && !subjects_[sampled_].model) ++sampled_;
  if (sampled_ == subjects_.size()) return false;
  const Subject& subject = subjects_[sampled_];
  if (!sampling_) {
    sampling_ = std::make_unique<preview::Preview>(*subject.model, axes_, judges_[sampled_].get(),
                                                   request_.preview, /*brief=*/true);
    return true;
  }
  if (sampling_->advance()) return true;
  const std::shared_ptr<FlowBlock> flow = sampling_->take();
  flow->version = kVersions + ++versions_;
  changed().models[sampled_].flow = flow;
  sampling_.reset();
  ++sampled_;
  return true;
}

bool Comparison::scores(size_t model) const {
  return subjects_[model].model && judges_[model] && request_.samples > 0;
}

/// One slice of the next evaluation. False when all are known.
bool Comparison::score_slice() {
  const std::shared_ptr<const CompareBlock> known = block();
  while (scored_ < subjects_.size() &&
         (!scores(scored_) || known->models[scored_].fd.size() >= static_cast<size_t>(request_.evaluations)))
    ++scored_;
  if (scored_ == subjects_.size()) return false;
  if (!evaluator_) {
    const auto seed = static_cast<uint64_t>(known->models[scored_].fd.size()) + 1;
    evaluator_ =
        preview::make_sample_evaluator(*subjects_[scored_].model, *judges_[scored_], request_.samples, seed);
    return true;
  }
  if (evaluator_->advance()) return true;
  const metrics::Evaluation result = evaluator_->finish();
  evaluator_.reset();
  ComparedModel& model = changed().models[scored_];
  model.fd.push_back(result.fd);
  model.accuracy.push_back(result.accuracy);
  const auto before = static_cast<double>(model.fd.size() - 1);
  for (size_t digit = 0; digit < kClasses; ++digit)
    model.digit_accuracy[digit] =
        (before * model.digit_accuracy[digit] + result.digit_accuracy[digit]) / (before + 1);
  return true;
}

}  // namespace lf::compare
