// The fields of a snapshot and all its blocks.
#pragma once

#include "lab_fields.h"
#include "plain_values.h"
#include "protocol/snapshot.h"
#include "protocol/sweep.h"

namespace lf::net {

LF_NET_FIELDS(RunBlock, phase, running, resumable, can_train_longer, can_undo_reset, undo_ends_reflow,
              knows_before, reflows, from_shipped, commands_waiting, message, announcements, step, step_total,
              autoencoder_step, autoencoder_total, encoder_total, flow_step, flow_total, progress, seconds,
              seconds_left, loss, rate_factor, steps_per_second, digits_per_second, draw_share, device,
              dataset, dataset_source, dataset_builtin, train_count, test_count, model, run_folder, preset,
              autoencoder_parameters, flow_parameters, labelled, autoencoder)

LF_NET_FIELDS(Series, step, value, seconds)
LF_NET_FIELDS(LossBlock, origin, autoencoder_train, autoencoder_test, flow_train, flow_test, autoencoder_rate,
              flow_rate, autoencoder_lost, flow_lost, flow_start, by_time, by_time_test)
LF_NET_FIELDS(FlowBlock, digits, particles, t, labels, labelled, images, endpoints, points, solver, steps,
              nfe, guidance, seed, digit, trained_step, untrained, milliseconds, judged, version)
LF_NET_FIELDS(MapBlock, origin, axes, points, labels, trained_step, version)
template <>
inline json plain<MarksBlock>(const MarksBlock& whole) {
  const auto& [steps, flows, reconstructions, drawn, chosen, shown, version] = whole;
  json object = named("steps, drawn, chosen, shown, version", steps, drawn, chosen, shown, version);
  object["flows"] =
      flows.size() + reconstructions.size();  // each is a block of its own, printed where it is shown
  return object;
}
LF_NET_FIELDS(GrowthBlock, digits, step, labels, original, images, version)
LF_NET_FIELDS(ReconstructionBlock, origin, split, order, digit, offset, available, index, labels, original,
              reconstruction, mse, psnr, psnr_count, trained_step, version)
LF_NET_FIELDS(Score, valid, fd, fd_floor, rfd, accuracy, psnr, class_kl, mean_ink, memorisation, count, step,
              seconds, grade, digit_accuracy, confusion, digit_share)
LF_NET_FIELDS(QualityBlock, origin, judge, judge_available, judge_accuracy, calibration_test,
              calibration_noise05, calibration_noise10, calibration_blur, live, full, history, latent_std,
              active_units)

template <>
inline json plain<Settings>(const Settings& settings) {
  return {{"preset", settings.preset()}, {"values", settings.all()}};
}
LF_NET_FIELDS(SettingsBlock, values, run)

LF_NET_FIELDS(RunLabel, name, note, tags, star)
LF_NET_FIELDS(TrashedRun, folder, name, bytes)
LF_NET_FIELDS(RunSummary, folder, name, preset, started, state, flow_steps, flow_total, seconds, fd, psnr,
              loss, resumable, current, open_elsewhere, parent, branch_step, data, label, label_problem,
              bytes, marks, marks_bytes, thumbnail)
LF_NET_FIELDS(RunCurves, folder, name, autoencoder, flow, flow_test, fd, autoencoder_batch, flow_batch)
LF_NET_FIELDS(SettingDifference, key, label, values, initial)
LF_NET_FIELDS(LayerDifference, part, name, numbers, difference, cosine)
LF_NET_FIELDS(WeightsDifference, same, layers, unlike)
LF_NET_FIELDS(ComparedModel, path, name, problem, preset, autoencoder, parameters, flow_steps, flow, score,
              fd, accuracy, digit_accuracy)
LF_NET_FIELDS(CompareBlock, models, settings, weights, divergence, noise, remark, samples, evaluations,
              shares_axes, map, comparable_losses, complete, version)
LF_NET_FIELDS(RunsBlock, root, runs, trash, last_deleted, compared)
LF_NET_FIELDS(LogLine, seconds, level, text)
LF_NET_FIELDS(LogBlock, lines)
LF_NET_FIELDS(JobBlock, active, name, progress, seconds_left)
LF_NET_FIELDS(JobResult, number, verb, ok, passed, text, json, table, paths)
LF_NET_FIELDS(ResultsBlock, results)
LF_NET_FIELDS(Substitute, part, text, number)
LF_NET_FIELDS(NoticeBlock, errors, error, offers_lower_rate, error_was_input, saves, saved, finished,
              substitutes)
LF_NET_FIELDS(FileEntry, name, folder, bytes, kind)
LF_NET_FIELDS(BrowseBlock, path, parent, entries, error)

LF_NET_FIELDS(SweepAxis, setting, values)
LF_NET_FIELDS(Budget, seconds, steps, epochs, until_fd)
LF_NET_FIELDS(SweepPlan, name, preset, settings, axes, table, seeds, budget, median_rule)
LF_NET_FIELDS(SweepRun, name, point, seed, state, note, autoencoder_steps, flow_steps, flow_total, seconds,
              fd, accuracy, psnr, loss, checks, weights)
LF_NET_FIELDS(SweepMean, mean, deviation)
LF_NET_FIELDS(SweepSummary, point, done, others, fd, accuracy, psnr, seconds)
LF_NET_FIELDS(SweepEstimate, run_seconds, seconds_left, bytes, free_bytes)
LF_NET_FIELDS(SweepBlock, folder, plan, problem, active, progress, runs, summaries, samples, estimate,
              version)

LF_NET_FIELDS(Snapshot, number, run, loss, flow, map, reconstruction, growth, marks, quality, settings, runs,
              compare, log, job, results, notice, lab, browse, sweep)

}  // namespace lf::net
