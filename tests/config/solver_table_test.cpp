// The table of solvers, and the choices that are made from it.
#include "config/solver_table.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace lf {
namespace {

TEST(SolverTable, IdsAreInItsOrderAndUnlike) {
  const std::vector<std::string>& ids = solver_ids();
  ASSERT_EQ(ids.size(), solver_table().size());
  for (size_t i = 0; i < ids.size(); ++i) EXPECT_EQ(ids[i], solver_table()[i].id);
  for (const std::string& id : ids) EXPECT_EQ(std::count(ids.begin(), ids.end(), id), 1) << id;
}

TEST(SolverTable, OneStepSolversNeitherChooseTheirStepsNorReuseVelocities) {
  EXPECT_EQ(one_step_solver_ids("midpoint"), (std::vector<std::string>{"midpoint", "euler", "heun", "rk4"}));
  EXPECT_EQ(one_step_solver_ids("rk4").front(), "rk4");
  EXPECT_EQ(one_step_solver_ids("dopri5"), one_step_solver_ids("euler")) << "not among them: table's order";
}

}  // namespace
}  // namespace lf
