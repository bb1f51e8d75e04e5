#!/usr/bin/env bash
# Instructions of the hot kernels, counted by callgrind: the same from run to run, whatever else the machine does.
# Needs valgrind. Each kernel runs so many and twice as many times; the difference is free of start-up.
set -euo pipefail
cd "$(dirname "$0")/.."

binary=$(cargo bench --bench kernels --no-run --message-format json 2>/dev/null |
  sed -n 's/.*"executable":"\([^"]*kernels-[^"]*\)".*/\1/p' | tail -1)

count() {
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$binary" "$1" "$2" 2>&1 | sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

for kernel in "table 2000" "f64 2000" "tick 2000" "plan 50" "board 50" "readable 100"; do
  read -r name times <<<"$kernel"
  once=$(count "$name" "$times")
  twice=$(count "$name" $((2 * times)))
  printf '%-10s %9d instructions\n' "$name" $(((twice - once) / times))
done
