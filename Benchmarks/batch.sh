#!/usr/bin/env bash
# shellcheck disable=SC2154
# Fits of many curves at the same doses, beside every peer; sourced by `run`, whose variables it uses.
# BATCH is the number of curves; slow peers take the first of them.

batch_work=.build/batch
batch_curves=${BATCH:-1000000}
batch_seed=${SEED:-20261130}

at_most() { echo $(($1 < $2 ? $1 : $2)); }

# Appends what a command prints to FILE, each line after LABEL and a tab; says where it fails or takes
# more than LIMIT seconds: FILE LABEL LIMIT COMMAND…
recorded() {
  local file=$batch_work/$1 label=$2 limit=$3
  shift 3
  timeout --kill-after=10 "$limit" "$@" 2>"$batch_work/errors" | sed "s/^/$label\t/" >>"$file" \
    || skipped "$label: skipped, $(tail -n 1 "$batch_work/errors" | grep . || echo 'it was stopped')"
}

# Says it once.
skipped() {
  grep -qxF "$1" "$batch_work/skipped" 2>/dev/null || echo "$1" | tee -a "$batch_work/skipped"
}

ours() { echo "$binaries/BatchBenchmark"; }

# Fits by ours on one core: FILE LABEL FOLDER OPTION…
ours_on_one_core() {
  local file=$1 label=$2
  shift 2
  recorded "$file" "$label" 300 taskset -c 0 "$(ours)" fit "$@"
}

# A peer's fits of the first COUNT simulated curves: NAME COUNT COMMAND… with its arguments after the
# sums, of which METHOD is the last.
peer() {
  local name=$1 count method=$3 folder=$batch_work/simulated
  count=$(at_most "$2" "$batch_curves")
  shift 3
  recorded peers.csv "$name" 300 taskset -c 0 "$@" "$folder/doses.npy" "$folder/responses.npy" \
    "$count" "$batch_work/sums/$name.npy" ${method:+"$method"}
}

round_of_peers() {
  local instructions folder=$batch_work/simulated
  ours_on_one_core peers.csv Theriac "$folder" passes=3 "sums=$batch_work/sums/Theriac.npy"
  for instructions in $("$(ours)" instructions); do
    ours_on_one_core peers.csv "Theriac, $instructions" "$folder" passes=2 \
      "instructions=$instructions" "sums=$batch_work/sums/Theriac, $instructions.npy"
  done
  if [ -x .build/peers/cminpack ]; then
    peer 'cminpack lmder' 1000000 raw .build/peers/cminpack
    peer 'cminpack lmder, kept exponentials' 1000000 kept .build/peers/cminpack
    peer 'cminpack lmder, dose means' 1000000 means .build/peers/cminpack
  fi
  if [ -x .build/peers/ceres ]; then
    peer 'Ceres TinySolver' 1000000 tiny .build/peers/ceres
    peer 'Ceres TinySolver, dose means' 1000000 tiny-means .build/peers/ceres
    peer 'Ceres' 50000 problem .build/peers/ceres
  fi
  if [ -x .build/peers/gsl ]; then
    peer 'GSL lm' 100000 lm .build/peers/gsl
    peer 'GSL lmaccel' 100000 lmaccel .build/peers/gsl
  fi
  if has_scipy; then peer 'SciPy curve_fit' 10000 '' "$python" peers/batch_scipy.py; fi
  if has_r minpack.lm; then
    peer 'R nls.lm' 5000 nls.lm Rscript peers/batch.R
    peer 'R nlsLM' 1000 nlsLM Rscript peers/batch.R
  fi
  if has_r drc; then peer 'R drc' 200 drc Rscript peers/batch.R; fi
}

# How cost grows with curves, points and cores, and with what is asked for.
growth() {
  local curves design levels replicates option core folder=$batch_work/simulated some
  some=$(at_most 200000 "$batch_curves")
  for curves in 1000 10000 100000 1000000; do
    [ "$curves" -le "$batch_curves" ] || continue
    ours_on_one_core curves.csv "$curves" "$folder" "curves=$curves" passes=5
  done
  for design in 8x1 8x3 8x12 17x1 24x1 96x1; do
    levels=${design%x*} replicates=${design#*x}
    "$(ours)" simulate "$batch_work/design" "curves=$some" "levels=$levels" \
      "replicates=$replicates" "seed=$batch_seed"
    ours_on_one_core points.csv "$design,Theriac" "$batch_work/design" passes=3
    if [ -x .build/peers/cminpack ]; then
      recorded points.csv "$design,cminpack lmder" 300 taskset -c 0 .build/peers/cminpack \
        "$batch_work/design/doses.npy" "$batch_work/design/responses.npy" \
        "$(at_most 20000 "$some")" "$batch_work/design/sums.npy" raw
    fi
  done
  # Long passes: a core that was idle takes half a second to come to its speed.
  for _ in $(seq "$rounds"); do
    ours_on_one_core cores.csv 1 "$folder" times=10 passes=4
    [ "$(nproc --all)" -gt 1 ] || continue
    for core in 0 1; do
      recorded cores.csv 'one of two' 300 taskset -c "$core" "$(ours)" fit "$folder" times=10 passes=4 &
    done
    wait
    recorded cores.csv 2 300 "$(ours)" fit "$folder" threads=2 times=10 passes=4
  done
  for option in interval={wald,wald-log} search=global; do
    ours_on_one_core kinds.csv "$option" "$folder" "curves=$some" passes=3 "$option"
  done
  # Walks of many fits each.
  ours_on_one_core kinds.csv interval=profile "$folder" "curves=$(at_most 5000 "$some")" passes=1 \
    interval=profile
  for option in model=log-logistic-{2,3,3u,4,5} model=weibull-{1,2}-4 model=log-normal-4 \
    model=gompertz-4; do
    "$(ours)" simulate "$batch_work/design" "curves=$some" "seed=$batch_seed" "$option"
    ours_on_one_core kinds.csv "$option" "$batch_work/design" passes=3 "$option"
  done
}

# One fit of many rows with distinct doses.
rows() {
  local points folder=$batch_work/rows most=${ROWS:-10000000}
  "$(ours)" rows "$folder" "points=$most" "seed=$batch_seed"
  for points in 100000 1000000 10000000; do
    [ "$points" -le "$most" ] || continue
    recorded rows.csv Theriac 300 taskset -c 0 "$(ours)" fit-rows "$folder" "points=$points"
    if has_scipy; then
      recorded rows.csv 'SciPy curve_fit' 300 taskset -c 0 "$python" peers/rows_scipy.py \
        "$folder" "$points"
    fi
    if has_r minpack.lm && [ "$points" -le 1000000 ]; then
      recorded rows.csv 'R nlsLM' 300 taskset -c 0 Rscript peers/rows.R "$folder" "$points"
    fi
  done
}

# From a file to a file by the program, beside the same fits in memory.
files() {
  local theriac=../.build/release/theriac folder=$batch_work/simulated jobs
  if ! "$theriac" fit --help >/dev/null 2>&1; then
    skipped "theriac fit: skipped, $theriac is not built or has no such command"
    return
  fi
  for _ in $(seq "$rounds"); do
    ours_on_one_core files.csv memory "$folder" interval=wald-log
    for jobs in 1 2; do
      [ "$jobs" -le "$(nproc --all)" ] || continue
      rm -f "$batch_work/fits.npy"
      recorded files.csv "files, jobs=$jobs" 300 python3 peers/timed.py "$theriac" fit \
        "$folder/responses.npy" --doses "$folder/doses.npy" --model log-logistic-4 --effects 50 \
        --interval wald-log --search fast --jobs "$jobs" --output "$batch_work/fits.npy" --json
    done
  done
}

# Curves as screens have them, all of them over and over up to about a hundred thousand; with
# CURVES=FILE (curve,dose,response) those of a file too. Their least sums are those of a dense search.
screens() {
  local table name folder count copies instructions search best
  local curves=.build/dose-response/simulated.csv
  mkdir -p "$(dirname "$curves")"
  [ -f "$curves" ] || "$binaries/DoseResponseBenchmark" curves 356 "$curves"
  for table in "$curves" ${CURVES:+"$CURVES"}; do
    name=$(basename "$table" .csv) folder=$batch_work/screens/$(basename "$table" .csv)
    count=$(tail -n +2 "$table" | cut -d, -f1 | uniq | wc -l)
    copies=$(($(at_most 100000 "$batch_curves") / count + 1))
    "$(ours)" table "$table" "$folder" "copies=$copies"
    for search in global fast; do
      for instructions in $("$(ours)" instructions); do
        ours_on_one_core screens.csv "$name,$search,$instructions" "$folder" passes=3 \
          "search=$search" "instructions=$instructions" "sums=$folder/$search-$instructions.npy"
      done
    done
    best=.build/dose-response/$name/best.sums
    mkdir -p "$(dirname "$best")"
    if has_scipy && [ ! "$best" -nt "$table" ]; then
      "$python" peers/dose_response_best.py "$table" "$best"
    fi
    cp "$best" "$folder/best.sums" || skipped "$name: skipped, its least sums need SciPy's NumPy"
  done
}

batch() {
  mkdir -p "$batch_work/sums"
  rm -f "$batch_work"/*.csv "$batch_work"/sums/* "$batch_work/skipped"
  echo "$batch_curves curves from seed $batch_seed; load average at the start $(cut -d' ' -f1 /proc/loadavg)."
  "$(ours)" simulate "$batch_work/simulated" "curves=$batch_curves" "seed=$batch_seed"
  [ -x .build/peers/limits ] && recorded limits.csv limit 60 taskset -c 0 .build/peers/limits
  for _ in $(seq "$rounds"); do round_of_peers; done
  growth
  rows
  files
  screens
  python3 peers/summarise_batch.py "$batch_work"
}
