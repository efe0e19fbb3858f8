// `reconstruct`: encodes and decodes digits of the data set, into one sheet or array.
#include <algorithm>
#include <filesystem>

#include "base/errors.h"
#include "base/image_sheet.h"
#include "data/batches.h"
#include "figures/figures.h"
#include "files/tensors/npy.h"
#include "jobs/job.h"

namespace lf::jobs {
namespace {

constexpr int64_t kMostPictured = 200;

class ReconstructJob : public SlicedJob {
 public:
  ReconstructJob(const inference::Model& model, at::Tensor pixels, at::Tensor labels,
                 const ReconstructCommand& command)
      : model_(model), pixels_(std::move(pixels)), labels_(std::move(labels)), command_(command) {}

  std::string name() const override { return "reconstructing " + std::to_string(command_.count) + " digits"; }
  double progress() const override {
    return static_cast<double>(done_) / static_cast<double>(command_.count);
  }

  bool advance() override {
    const int64_t n = std::min(model_.autoencoder->slice_digits(), command_.count - done_);
    originals_.append(data::image_sheet(pixels_.narrow(0, done_, n)));
    reconstructions_.append(data::image_sheet(
        data::to_pixels(inference::reconstruct_pixels(model_, pixels_.narrow(0, done_, n)))));
    done_ += n;
    return done_ < command_.count;
  }

  JobResult finish() override {
    if (std::filesystem::path(command_.out).extension() == ".npy") {
      files::write_npy(command_.out, reconstructions_);
    } else {
      const at::Tensor plain = labels_.narrow(0, 0, command_.count).to(at::kByte).contiguous();
      const std::vector<uint8_t> labels(plain.data_ptr<uint8_t>(), plain.data_ptr<uint8_t>() + plain.numel());
      figures::write_reconstruction_sheet(command_.out, originals_, reconstructions_, labels);
    }
    JobResult result;
    result.verb = "reconstruct";
    result.text = "wrote " + std::to_string(command_.count) + " reconstructions to " + command_.out;
    result.paths = {command_.out};
    return result;
  }

 private:
  const inference::Model& model_;
  at::Tensor pixels_, labels_;
  ReconstructCommand command_;
  ImageSheet originals_, reconstructions_;
  int64_t done_ = 0;
};

}  // namespace

std::unique_ptr<SlicedJob> make_reconstruct_job(const inference::Model& model, const data::DataTensors& data,
                                                const ReconstructCommand& command) {
  const auto extension = std::filesystem::path(command.out).extension();
  if (extension != ".png" && extension != ".npy") {
    throw InputError("reconstruct: --out " + command.out + " must end in .png or .npy");
  }
  if (command.split != "test" && command.split != "train") {
    throw InputError("reconstruct: unknown split '" + command.split + "'; known are test, train");
  }
  const bool test = command.split == "test";
  const at::Tensor& pixels = test ? data.test_pixels : data.train_pixels;
  const int64_t most = extension == ".png" ? std::min(kMostPictured, pixels.size(0)) : pixels.size(0);
  if (command.count < 1 || command.count > most) {
    throw InputError("reconstruct: --count " + std::to_string(command.count) +
                     " is out of range; give 1 to " + std::to_string(most));
  }
  return std::make_unique<ReconstructJob>(model, pixels, test ? data.test_labels : data.train_labels,
                                          command);
}

}  // namespace lf::jobs
