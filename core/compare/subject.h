// One of the models of a comparison, with what its run recorded.
#pragma once

#include <memory>
#include <string>

#include "inference/model.h"
#include "protocol/snapshot.h"
#include "records/provenance.h"

namespace lf::compare {

struct Subject {
  std::string path, name;
  std::string run_folder;  ///< "" for a model without a run
  std::unique_ptr<inference::Model> model;
  records::Provenance provenance;  ///< not known() without a run, or in runs of earlier versions
  Score score;                     ///< stored with the model
};

/// Reads a model file or a run folder. Throws InputError.
Subject open_subject(const std::string& path);

/// The curves of its run; those of a model without a run have only a name. Throws InputError.
RunCurves curves_of(const Subject& subject);

}  // namespace lf::compare
