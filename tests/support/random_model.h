// An untrained model whose velocity is not zero.
#pragma once

#include <memory>
#include <string>

#include "data/generator.h"
#include "inference/model.h"

namespace lf {

/// Width 32, two blocks, normal weights of standard deviation 0.2, the same every time.
inline std::unique_ptr<inference::Model> random_model(const std::string& net = "compact-dit") {
  Settings settings;
  settings.flow.net = net;
  settings.flow.width = 32;
  settings.flow.blocks = 2;
  auto model = inference::make_model(settings);
  auto g = data::make_generator(1, Purpose::FlowInit);
  model->average->parameters().flat().normal_(0, 0.2, g);
  return model;
}

}  // namespace lf
