// The fields of what the tools of the lab publish. Parts come before what is made of them.
#pragma once

#include "lab/block.h"
#include "lab/coupling/result.h"
#include "lab/drawing/result.h"
#include "lab/field/result.h"
#include "lab/ghost/result.h"
#include "lab/guidance/result.h"
#include "lab/interpolation/result.h"
#include "lab/likelihood/result.h"
#include "lab/loss_floor/result.h"
#include "lab/map/result.h"
#include "lab/nearest/result.h"
#include "lab/network/result.h"
#include "lab/solvers/result.h"
#include "lab/step/result.h"
#include "lab/straightness/result.h"
#include "lab/time_grid/result.h"
#include "plain_values.h"

namespace lf::net {

template <>
inline json plain<LabArguments>(const LabArguments& arguments) {
  return arguments.values();
}

LF_NET_FIELDS(LabGhost, digits, t, labels, states, guesses, probability, entropy, mean_entropy, seen, decided,
              switches)

LF_NET_FIELDS(LabSolverPoint, solver, order, adaptive, nfe, tolerance, error, pixel_error, accepted, rejected)
LF_NET_FIELDS(LabAttempt, from, to, error, accepted)
LF_NET_FIELDS(LabSolvers, digits, shown, reference, reference_nfe, points, pictures, true_pictures, attempts,
              attempts_tolerance)

LF_NET_FIELDS(LabGrid, times, error, pixel_error, step_errors, pictures)
LF_NET_FIELDS(LabTimeGrid, digits, shown, reference, solver, order, nfe, present, equal, equalised,
              true_pictures, probe, t, local_error, density)

LF_NET_FIELDS(LabFieldGrid, arrows, length, streaks)
LF_NET_FIELDS(LabField, plane, t, digit, side, texture, extent, learned, exact, difference, latents,
              latents_total, points, labels, learned_length, exact_length, difference_length, cosine)

LF_NET_FIELDS(LabCoarse, steps, error, pixel_error)
LF_NET_FIELDS(LabStraightness, digits, wanted, followed, shown, reference, labels, ratio, turned, cost,
              deviation, t, turning, class_turning, own_turning, state_t, points, in_plane, coarse, pictures)

LF_NET_FIELDS(LabGuidance, digits, t, guided, guesses, null_norm, digit_norm, difference_norm, cosine,
              weights, steps, pictures, seen)

LF_NET_FIELDS(LabPairing, law, cost, cost_spread, skew, excess, noise_row)
LF_NET_FIELDS(LabFewSteps, steps, error, pixel_error, points)
LF_NET_FIELDS(LabFlowWays, detour, points, few, pictures)
LF_NET_FIELDS(LabCoupling, batch, batches, planned, trained_with, labels, latents, noise, pairings, digits,
              shown, digit_labels, reference, fine_states, now, before)

LF_NET_FIELDS(LabEstimate, mean, error)
LF_NET_FIELDS(LabLossParts, loss, floor, gap)
LF_NET_FIELDS(LabLossFloor, latents, latents_total, hidden, draws, t, time_share, all, groups, mean,
              group_means)

LF_NET_FIELDS(LabStepGroup, name, numbers, gradient, weight, update)
LF_NET_FIELDS(LabStep, batch, parameters, optimizer, rate, muon_rate, rate_factor, sigma_min, clip, t, labels,
              loss, loss_after, x0_rms, x1_rms, target_rms, prediction_rms, cosine, mean_loss,
              mean_loss_after, other_loss, other_loss_after, gradient_norm, groups, shown, pictures)

LF_NET_FIELDS(LabNetwork, digits, labelled, blocks, heads, tokens, side, features, t, attention, modulation,
              share, time_features, pictures)

/// The digits' pixels are shared and have no length of their own.
template <>
inline json plain<LabMapCloud>(const LabMapCloud& whole) {
  const auto& [total, points, labels, pixels] = whole;
  json object = named("total, points, labels", total, points, labels);
  object["pixels"] =
      pixels == nullptr ? json(nullptr) : numbers(pixels.get(), static_cast<size_t>(total) * 784);
  return object;
}
LF_NET_FIELDS(LabMap, axes, train, test, share, mean_accuracy, prior, t, flowing, flowing_labels)

LF_NET_FIELDS(LabFilm, name, pictures, seen, certainty, length)
LF_NET_FIELDS(LabInterpolation, first, second, first_label, second_label, ends, frames, share, t, round_trip,
              films)

LF_NET_FIELDS(LabRoundTrip, solver, steps, nfe, error)
LF_NET_FIELDS(LabDrawing, picture, reconstruction, latent, seen, certainty, t, way, noise_length, classes,
              classes_seen, round_trips)

LF_NET_FIELDS(LabNeighbours, index, distance, labels, pictures, ratio, test_ratio, threshold)
LF_NET_FIELDS(LabNearest, samples, k, train_count, test_count, labels, pictures, latent, pixels)

LF_NET_FIELDS(LabLikelihood, labelled, planned, planned_exact, probes, labels, bits, error, exact, mean,
              spread, mean_error, overall, overall_error, bias, rms, correlation, most, least, pictures)

LF_NET_FIELDS(LabBlock, tool, arguments, complete, progress, problem, trained_step, seed, guidance, digit,
              version, ghost, solvers, time_grid, field, straightness, guidance_grid, coupling, loss_floor,
              step, network, map, interpolation, drawing, nearest, likelihood)

}  // namespace lf::net
