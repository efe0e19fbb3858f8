// The linear assignment problem: match rows with columns so that the sum of costs is least.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace lf::flow {

/// The column of every row of cost (n, n), no column twice, with the least sum. Exact, O(n^3),
/// n >= 0. Shortest augmenting paths with dual prices (Kuhn 1955; Edmonds & Karp 1972; Jonker &
/// Volgenant 1987). Ties are resolved deterministically. InputError when cost is not square or not
/// finite.
std::vector<int64_t> cheapest_assignment(const at::Tensor& cost);

}  // namespace lf::flow
