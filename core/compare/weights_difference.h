// How the weights of two models differ, parameter by parameter.
#pragma once

#include "inference/model.h"
#include "protocol/snapshot.h"

namespace lf::compare {

/// The weights used for sampling and the autoencoder of `b`, against those of `a`. Parameters of other shapes
/// are counted, not compared.
WeightsDifference weights_difference(const inference::Model& a, const inference::Model& b);

}  // namespace lf::compare
