// The open tool of the lab and its life: begun anew when the model, the judge or an option changes.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "lab/work.h"

namespace lf {

class Lab {
 public:
  /// Opens a tool by its id, with those of its arguments that are not its initial ones; "" closes the lab.
  /// Throws InputError for unknown tools and arguments.
  void open(const std::string& tool, const std::map<std::string, std::string>& arguments = {});
  /// `model` (may be null, then nothing is shown) outlives its use here; the answer of another one stays
  /// until this one has something to show.
  void set_model(const Model* model);
  /// What that model was before the reflow at work, which outlives its use here; null where none is.
  void set_before(const Model* before);
  void set_judge(std::shared_ptr<const Judge> judge);
  /// The digits that the model was trained on, which outlive their use here; null where they are not at hand.
  void set_data(const DataTensors* data);
  /// Posteriors of the training digits that are known already; undefined tensors: none.
  void offer_latents(const Latents& train);
  /// Everything but the arguments.
  void set_options(LabOptions options);

  bool is_open() const { return !tool_.empty(); }
  /// True until the open tool has answered its present question once.
  bool first_answer_waits() const { return due() && !answered_; }
  /// True when a slice of work is wanted: begun and not complete, or the weights have changed since.
  bool due() const;
  /// True when the next slice would copy the weights.
  bool needs_weights() const { return !working_; }
  void advance();

  /// What is published; replaced, never changed.
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
  bool answered_ = false;  ///< the block holds a complete answer, if perhaps for older weights
  const Model *model_ = nullptr, *before_ = nullptr;
  std::shared_ptr<const Judge> judge_;
  LatentStore latents_;
  uint64_t encoders_ = 1;  ///< counts the encoders seen
  std::unique_ptr<Model> frozen_;
  std::unique_ptr<LabWork> work_;  ///< kept when it is done, in case it can go on with other options
  bool working_ = false;
  bool stale_ = false;                                ///< must begin (again)
  int64_t flow_steps_ = -1, autoencoder_steps_ = -1;  ///< of the weights it answers for
  uint64_t versions_ = 0;
  std::shared_ptr<const LabBlock> block_ = std::make_shared<LabBlock>();
};

}  // namespace lf
