// Valid script lines: at least one for every verb, with its fields set.
#pragma once

#include <string>
#include <vector>

namespace lf::net {

/// Lines for the worker.
inline const std::vector<std::string>& command_lines() {
  static const std::vector<std::string> lines{
      "train",
      "train preset=tiny seconds=20.125 out=\"runs/a b\" figures=on pictures=1,5,final fresh=on",
      "train preset=fast steps=1234567",
      "train epochs=0.1",
      "train preset=quality until-fd=2.5",
      "reflow",
      "reflow pairs=20000 steps=300 out=runs/x figures=on pictures=1,final",
      "pause",
      "resume",
      "resume epochs=2 rate=0.5",
      "step",
      "reset",
      "undo-reset",
      "set flow.lr 0.002",
      "set flow.lr 2e-3",
      "preset quality",
      "open \"a file=1.safetensors\"",
      "save",
      "save \"with \\\"quotes\\\" and \\\\.safetensors\"",
      "export \"#1.gif\"",
      "figure loss file=\"a b.svg\" width=85 height=60.5 dpi=300 palette=grey x=0:100 y=0.5:2 axes=log-y "
      "by-seconds=on raw=on",
      "figure digits file=digits.pdf t=0.25",
      "sample",
      "sample count=100 digit=7 solver=rk4 nfe=32 guidance=1.5 seed=18446744073709551615 out=\"o d/x.npy\" "
      "labels=l.npy trajectory=t.csv",
      "sample digit=all",
      "reconstruct out=r.png",
      "reconstruct split=train count=9 out=r.npy",
      "likelihood",
      "likelihood digits=50 probes=8 unlabelled=on split=train seed=5 solver=heun steps=30 out=\"a b.csv\"",
      "likelihood exact=on",
      "invert picture=\"a b.png\" label=7 to-class=all guidance=2.5 solver=heun steps=30 out=o "
      "trajectory=t.csv",
      "invert digit=12 split=train to-class=3 out=o",
      "lab-run ghost",
      "lab-run drawing seed=9 digit=3 guidance=2.5 out=\"o d/x.png\" noise=0.25",
      "lab-run solvers guidance=1.5 out=s.csv",
      "time-lapse out=lapse.gif",
      "time-lapse out=\"a b.png\" count=10 digit=3 solver=heun nfe=32 guidance=1.5 seed=9",
      "view-step",
      "view-step step=120",
      "evaluate",
      "evaluate count=2000",
      "judge",
      "judge seed=3 out=judge.safetensors",
      "bench",
      "bench flow-step sample-100",
      "verify dit=a.safetensors vectors=v.safetensors heads=12",
      "verify vae=a.safetensors vectors=v.safetensors weights=raw",
      "replay run",
      "replay \"a run\" steps=100 from=model",
      "branch run",
      "branch \"a run\" at=300 settings=\"flow.lr=0.002 flow.label_drop=0.2\" from=model steps=200 out=\"b "
      "c\" "
      "figures=on pictures=1,final",
      "compare a \"b c\"",
      "compare a b third=c fourth=\"d e\" out=\"x y.html\" count=20 digit=3 guidance=1.5 seed=9 samples=500 "
      "evaluations=8 narrow=on",
      "share",
      "share run=\"a b\" out=\"c d.html\" seed=9",
      "speedrun",
      "sweep file=\"a b.json\" out=o estimate=on",
      "sweep plan=\"{\\\"seeds\\\": [1, 2]}\"",
      "view-sweep \"a b\"",
      "speedrun target=2.5 steps=300 out=\"runs/b c\"",
      "verify-speedrun \"runs/b c/speedrun.json\"",
      "weights w.safetensors",
      "weights \"a=b c.safetensors\" heads=4 weights=raw",
      "export-weights out=w.safetensors",
      "export-weights part=velocity init=original seed=7 settings=\"flow.width=96 flow.depth=4\" "
      "out=w.safetensors",
      "inspect",
      "inspect split=train order=worst digit=4 offset=120 count=30",
      "lab off",
      "list-runs",
      "list-runs search=\"fast tag:paper\" sort=fd",
      "compare-runs",
      "compare-runs \"first run\" second",
      "compare-runs a b \"third run\" d=1",
      "delete-run runs/a=b",
      "restore-run \"runs/.trash/1/a b\"",
      "empty-trash",
      "label-run \"runs/a=b c\" name=\"the best\" note=\"a note, 100 %\" tags=\"paper, week 3\" star=on",
      "label-run runs/a star=off clear=name,note,tags",
      "thin-marks runs/a=b",
      "import-run \"other/a b\"",
      "resume-run runs/a",
      "resume-run \"runs/a=b c\" epochs=3 figures=on pictures=2,final rate=0.25",
      "shipped",
      "browse",
      "browse \"data/some one\"",
      "cancel",
      "quit"};
  return lines;
}

/// Lines for the view, and lines that wait.
inline const std::vector<std::string>& view_lines() {
  static const std::vector<std::string> lines{
      "page flow-lab",
      "t 0.5",
      "play",
      "stop",
      "loop on",
      "loop off",
      "speed 0.25",
      "theme light",
      "font 1.5",
      "screenshot \"shots/a #1.png\"",
      "picture tool.png  # a comment",
      "select 12",
      "view loss log",
      "view page=flow-lab tool=ghost t=0.25 step=120 digit=7 selected=3",
      "view \"runs=a b,c\" preview.seed=9 lab.ghost.unlabelled=on",
      "wait 0.25",
      "wait phase=done",
      "wait phase != flow",
      "wait flow.step >= 5"};
  return lines;
}

}  // namespace lf::net
