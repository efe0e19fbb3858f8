// The open tool of the lab and its life: begun anew when the model, the judge or an option changes.
#pragma once

#include <memory>
#include <string>

#include "lab/lab_work.h"

namespace lf {

class Lab {
 public:
  /// Opens a tool by its id; "" closes the lab. `unlabelled`: with guidance 0, whatever the options say.
  /// Throws InputError for an unknown one.
  void open(const std::string& tool, bool unlabelled = false);
  /// `model` (may be null, then nothing is shown) outlives its use here; the answer of another one stays
  /// until this one has something to show.
  void set_model(const Model* model);
  void set_judge(std::shared_ptr<const Judge> judge);
  void set_options(const LabOptions& options);

  bool is_open() const { return !tool_.empty(); }
  /// True until the open tool has answered its present question once.
  bool first_answer_waits() const { return due() && !answered_; }
  /// True when a slice of work is wanted: begun and not complete, or the weights have changed since.
  bool due() const;
  /// True when the next slice would copy the weights.
  bool needs_weights() const { return !work_; }
  void advance();

  /// What is published; replaced, never changed.
  const std::shared_ptr<const LabBlock>& block() const { return block_; }

 private:
  void begin();
  void publish(bool complete);
  LabBlock fresh_block() const;
  void restart();

  std::string tool_;
  LabOptions options_;
  bool unlabelled_ = false;
  bool answered_ = false;  ///< the block holds a complete answer, if perhaps for older weights
  const Model* model_ = nullptr;
  std::shared_ptr<const Judge> judge_;
  std::unique_ptr<Model> frozen_;
  std::unique_ptr<LabWork> work_;
  bool stale_ = false;                                ///< must begin (again)
  int64_t flow_steps_ = -1, autoencoder_steps_ = -1;  ///< of the weights it answers for
  uint64_t versions_ = 0;
  std::shared_ptr<const LabBlock> block_ = std::make_shared<LabBlock>();
};

}  // namespace lf
