// The curves of one phase of a run as TensorBoard's events.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "files/event/event_bytes.h"
#include "files/event/event_file.h"
#include "records/history.h"

namespace lf::worker {

/// Writes what is new in the curves of a phase to an event file in a folder of its own. Each phase
/// has one, because TensorBoard takes back all later steps of a folder when a run continues from an
/// earlier step, and autoencoder and flow count their steps separately.
class PhaseEvents {
 public:
  enum class Phase { Autoencoder, Flow };

  PhaseEvents(Phase phase, std::filesystem::path folder) : phase_(phase), folder_(std::move(folder)) {}

  /// The run continues from the end of these curves. If the folder has events of an earlier
  /// session, only what follows is written, else everything.
  void begin(const records::History& history);
  /// Appends what is new. `extra`: further values of the last step, such as digits per second.
  /// `now` and `trained`: the time since 1970 and the training time of this moment, in seconds.
  /// Throws RunError; the next call then writes it again.
  void write(const records::History& history, const std::vector<files::EventValue>& extra, double now,
             double trained);
  /// Appends one image of a step. Throws RunError.
  void write_image(const std::string& name, std::vector<uint8_t> png, int64_t step, double now);

  /// "autoencoder/" or "flow/", which begins every tag.
  std::string prefix() const;

 private:
  struct Curve {
    const char* name;
    const Series* series;
    size_t* written;
  };
  /// Of each curve, the number of points that are written.
  struct Counts {
    size_t loss = 0, loss_test = 0, rate = 0, fd = 0;
  };
  std::vector<Curve> curves(const records::History& history, Counts& counts) const;
  Counts whole(const records::History& history) const;
  void open(double now);

  Phase phase_;
  std::filesystem::path folder_;
  std::unique_ptr<files::EventFile> file_;
  Counts written_, at_start_;
  int64_t start_step_ = 0;
};

}  // namespace lf::worker
