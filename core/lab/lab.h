// The open lab tool and its life cycle: restarted when the model, the classifier or an option
// changes.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "lab/work.h"

namespace lf::lab {

class Lab {
 public:
  /// Opens a tool by its id, with the arguments that differ from their initial values; "" closes
  /// the lab. Throws InputError for unknown tools and arguments.
  void open(const std::string& tool, const std::map<std::string, std::string>& arguments = {});
  /// `model` (may be null, then nothing is shown) outlives its use here. The result for another
  /// model stays until this one has a result.
  void set_model(const inference::Model* model);
  /// The model before the current reflow, which outlives its use here; null if there is none.
  void set_before(const inference::Model* before);
  void set_judge(std::shared_ptr<const metrics::Judge> judge);
  /// The digits that the model was trained on, which outlive their use here; null if unavailable.
  void set_data(const data::DataTensors* data);
  /// Posteriors of the training digits that are already known; undefined tensors: none.
  void offer_latents(const training::Latents& train);
  /// All options except the arguments.
  void set_options(LabOptions options);

  bool is_open() const { return !tool_.empty(); }
  /// True until the open tool has completed its current request once.
  bool first_answer_waits() const { return due() && !answered_; }
  /// True when a slice of work is needed: started and incomplete, or the weights have changed
  /// since.
  bool due() const;
  /// True when the next slice would copy the weights.
  bool needs_weights() const { return !working_; }
  void advance();

  /// The published block; replaced, never changed.
  const std::shared_ptr<const LabBlock>& block() const { return block_; }

 private:
  void begin();
  bool weights_changed() const;
  void refuse(const std::string& why);
  void mark_open();
  void publish(bool complete);
  LabBlock fresh_block() const;
  void restart();
  void change_options(LabOptions options);

  std::string tool_;
  LabOptions options_;
  bool answered_ = false;  ///< the block holds a complete result, possibly for older weights
  const inference::Model *model_ = nullptr, *before_ = nullptr;
  std::shared_ptr<const metrics::Judge> judge_;
  LatentStore latents_;
  uint64_t encoders_ = 1;  ///< counts the encoders so far
  std::unique_ptr<inference::Model> frozen_;
  std::unique_ptr<LabWork> work_;  ///< kept when it is done, since it may accept other options
  bool working_ = false;
  bool stale_ = false;                                ///< must start (again)
  int64_t flow_steps_ = -1, autoencoder_steps_ = -1;  ///< of the weights of its result
  uint64_t versions_ = 0;
  std::shared_ptr<const LabBlock> block_ = std::make_shared<LabBlock>();
};

}  // namespace lf::lab
