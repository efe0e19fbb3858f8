// `invert`: follows the flow from a digit to its noise, back, and from there to other classes.
#include <ATen/core/grad_mode.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <numeric>
#include <optional>

#include "base/classes.h"
#include "base/distinct_files.h"
#include "base/errors.h"
#include "base/image_shape.h"
#include "base/paths.h"
#include "base/printed.h"
#include "files/image/png.h"
#include "files/tensors/npy.h"
#include "inference/round_trip.h"
#include "jobs/job.h"
#include "lab/plain_values.h"
#include "library/picture.h"
#include "metrics/read_digit.h"
#include "preview/sample_trajectory.h"

namespace lf::jobs {
namespace fs = std::filesystem;
namespace {

/// The digit to invert, and its class label.
struct Subject {
  std::string name;
  at::Tensor pixels;   ///< uint8 (1, 784)
  int label = -1;      ///< −1: unconditional
  std::string source;  ///< "told", "data", "judge" or "none"
};

/// (n, 784) side by side, without scaling: the image can be read again.
void write_strip(const fs::path& path, const at::Tensor& pixels) {
  const int64_t n = pixels.size(0);
  const at::Tensor rows =
      pixels.view({n, kDigitSide, kDigitSide}).permute({1, 0, 2}).contiguous();  // (28, n, 28)
  files::Image8 image{static_cast<int>(kDigitSide * n), kDigitSide, 1, {}};
  image.pixels.assign(rows.data_ptr<uint8_t>(), rows.data_ptr<uint8_t>() + rows.numel());
  files::write_png(path, image);
}

std::vector<int64_t> classes_of(const std::string& to_class) {
  if (to_class.empty()) return {};
  if (to_class != "all") return {to_class[0] - '0'};
  std::vector<int64_t> all(kClasses);
  std::iota(all.begin(), all.end(), 0);
  return all;
}

class InvertJob : public SlicedJob {
 public:
  InvertJob(const inference::Model& model, Subject subject, const InvertCommand& command)
      : subject_(std::move(subject)),
        command_(command),
        options_(inference::inverse_options(command.solver, command.steps, inference::kInversionSteps)),
        classes_(classes_of(command.to_class)) {
    inference::freeze(model, model_);
    trip_.emplace(inference::digit_velocity(*model_, subject_.label),
                  inference::standard_latents(*model_, subject_.pixels), options_);
  }

  std::string name() const override { return "inverting " + subject_.name; }
  double progress() const override {
    if (classes_.empty()) return trip_->progress();
    const double edit = edit_ ? edit_->progress() : 0;
    return (2 * trip_->progress() + edit) / 3;
  }

  bool advance() override {
    const at::NoGradGuard no_grad;
    if (edit_) return edit_->advance();
    if (trip_->advance()) return true;
    if (classes_.empty()) return false;
    begin_edit();
    return true;
  }

  JobResult finish() override {
    const at::NoGradGuard no_grad;
    JobResult result;
    result.verb = "invert";
    result.paths = write_files();
    result.json = {summary(result.paths)};
    result.table = words(result.paths);
    result.text = result.table[0] + ": " + result.table[1];
    return result;
  }

 private:
  void begin_edit() {
    inference::SampleOptions options = options_;
    options.guidance = command_.guidance;
    edit_.emplace(*model_, trip_->noise(), classes_, options);
  }

  std::vector<std::string> write_files() const {
    const fs::path folder(command_.out);
    const std::string why = make_folders(folder);
    if (!why.empty()) throw RunError("cannot make " + command_.out + ": " + why);
    std::vector<std::string> paths;
    const auto path = [&](const char* name) { return paths.emplace_back((folder / name).string()); };
    write_strip(path("original.png"), subject_.pixels);
    files::write_npy(path("noise.npy"), {models::kLatentChannels, models::kLatentSide, models::kLatentSide},
                     lab::floats_of(trip_->noise()));
    write_strip(path("reconstruction.png"), inference::decode_pixels(*model_, trip_->back().x.back()));
    if (edit_)
      write_strip(path("edited.png"), inference::decode_pixels(*model_, edit_->trajectory().x.back()));
    if (command_.trajectory.empty()) return paths;
    write_trajectory();
    paths.push_back(command_.trajectory);
    return paths;
  }

  /// Digit 0 is the trajectory to noise, 1 the one back, 2 and on are the edited ones.
  void write_trajectory() const {
    preview::TrajectoryTable table;
    const auto told = at::full({1}, subject_.label < 0 ? kNoClass : subject_.label, at::kLong);
    table.add(trip_->there(), told, 0);
    table.add(trip_->back(), told, 1);
    if (edit_) table.add(edit_->trajectory(), at::tensor(classes_, at::kLong), 2);
    table.write(command_.trajectory);
  }

  double noise_length() const { return lab::rms(trip_->noise()); }
  /// 0 if the solver chose its own.
  int64_t steps() const { return flow::solver_from_name(options_.solver).adaptive ? 0 : options_.steps; }

  std::string summary(const std::vector<std::string>& paths) const {
    const auto known = [](int label) { return label < 0 ? nlohmann::json() : nlohmann::json(label); };
    return nlohmann::ordered_json{{"event", "done"},
                                  {"digit", subject_.name},
                                  {"label", known(subject_.label)},
                                  {"label_source", subject_.source},
                                  {"solver", options_.solver},
                                  {"steps", steps()},
                                  {"nfe", trip_->nfe()},
                                  {"round_trip_error", trip_->error()},
                                  {"noise_rms", noise_length()},
                                  {"to_class", classes_},
                                  {"guidance", command_.guidance},
                                  {"paths", paths}}
        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }

  std::string label_words() const {
    const std::string label = "a " + std::to_string(subject_.label);
    if (subject_.source == "told") return label + " (--label)";
    if (subject_.source == "data") return label + " (its label)";
    if (subject_.source == "judge") return label + " (the classifier's class; --label sets another)";
    return "unconditional";
  }

  std::vector<std::string> words(const std::vector<std::string>& paths) const {
    const std::string round =
        printed("round trip  error %.2g per coordinate of the standardised latent (RMS)", trip_->error());
    const std::string noise =
        printed("noise       RMS %.3f per coordinate; samples of the prior have 1", noise_length());
    const std::string way =
        steps() > 0 ? std::to_string(steps()) + " steps in each direction" : "adaptive steps";
    std::vector<std::string> lines{subject_.name + " · " + label_words() + " · " + options_.solver + ", " +
                                       way + ", " + std::to_string(trip_->nfe()) + " function evaluations",
                                   round, noise};
    for (const auto& path : paths) lines.push_back("wrote " + path);
    return lines;
  }

  std::unique_ptr<inference::Model> model_;
  Subject subject_;
  InvertCommand command_;
  inference::SampleOptions options_;
  std::vector<int64_t> classes_;
  std::optional<inference::RoundTrip> trip_;
  std::optional<inference::ClassEdit> edit_;
};

/// A digit of the data set.
Subject known_digit(const data::DataTensors& data, const InvertCommand& c) {
  if (c.split != "test" && c.split != "train")
    throw InputError("invert: unknown split '" + c.split + "'; known are test, train");
  const bool test = c.split == "test";
  const at::Tensor& pixels = test ? data.test_pixels : data.train_pixels;
  if (!pixels.defined()) throw InputError("invert: no data set is available; name an image instead");
  if (c.digit < 0 || c.digit >= pixels.size(0)) {
    throw InputError("invert: --digit " + std::to_string(c.digit) + " is out of range; give 0 to " +
                     std::to_string(pixels.size(0) - 1) + " for the " + c.split + " split");
  }
  const at::Tensor& labels = test ? data.test_labels : data.train_labels;
  return {c.split + " digit " + std::to_string(c.digit), pixels.narrow(0, c.digit, 1),
          static_cast<int>(labels[c.digit].item<int64_t>()), "data"};
}

Subject pictured_digit(const metrics::Judge* judge, const InvertCommand& c) {
  Subject subject{fs::path(c.picture).filename().string(),
                  library::load_digit_picture(c.picture).view({1, kDigitPixels}), -1, "none"};
  if (judge && c.label < 0) {
    subject.label = metrics::read_digit(*judge, subject.pixels).digit;
    subject.source = "judge";
  }
  return subject;
}

void check(const inference::Model& model, const InvertCommand& c) {
  if (c.picture.empty() == (c.digit < 0))
    throw InputError("invert takes one digit: name an image, or --digit INDEX of the data set");
  if (c.out.empty()) throw InputError("invert needs --out DIR, the folder for its files");
  if (c.guidance != 1 && c.to_class.empty())
    throw InputError("invert: --guidance applies to the edited digit; add --to-class, or leave it out");
  if (!c.trajectory.empty() && fs::path(c.trajectory).extension() != ".csv")
    throw InputError("invert: --trajectory " + c.trajectory + " must end in .csv");
  std::vector<NamedFile> files{{"the image", c.picture, false}, {"--trajectory", c.trajectory}};
  for (const char* name : {"original.png", "noise.npy", "reconstruction.png", "edited.png"})
    files.push_back({"invert: --out", (fs::path(c.out) / name).string()});
  require_distinct_files(files);
  if (!c.trajectory.empty()) require_no_run_file("invert: --trajectory", c.trajectory);
  if (!model.net->labelled() && (c.label >= 0 || !c.to_class.empty()))
    throw InputError("invert: this model was trained without labels; leave out --label and --to-class");
}

}  // namespace

std::unique_ptr<SlicedJob> make_invert_job(const inference::Model& model, const data::DataTensors& data,
                                           const metrics::Judge* judge, const InvertCommand& command) {
  check(model, command);
  Subject subject = command.picture.empty() ? known_digit(data, command) : pictured_digit(judge, command);
  if (command.label >= 0) subject.label = static_cast<int>(command.label), subject.source = "told";
  if (!model.net->labelled()) subject.label = -1, subject.source = "none";
  return std::make_unique<InvertJob>(model, std::move(subject), command);
}

}  // namespace lf::jobs
