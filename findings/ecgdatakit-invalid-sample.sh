#!/usr/bin/env bash
# ecgdatakit 2.0.3 reads the invalid sample of a WFDB record (-32768 in format 16; signal(5) of the
# WFDB applications guide) as a voltage: at 1000 counts per millivolt a gap in a lead becomes
# -32.768 mV. wfdb 4.3.1 gives NaN for the same record. Records of digitized pages hold this value
# wherever a lead is not printed, so means, plots and beat detectors on them go wrong in silence.
#
# Exits 0 while this holds, 1 where the behavior changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet ecgdatakit==2.0.3 wfdb==4.3.1 numpy==2.4.6 pandas==3.1.1
cd "$folder"
cat >gap.py <<'PY'
import numpy as np
import wfdb
from ecgdatakit import FileParser

counts = np.array([100, -32768, 300], dtype="<i2")
counts.tofile("gap.dat")
checksum = (int(counts.sum(dtype=np.int64)) + 32768) % 65536 - 32768
with open("gap.hea", "w") as header:
    header.write(f"gap 1 500 3\ngap.dat 16 1000(0)/mV 16 0 100 {checksum} 0 I\n")
theirs = np.asarray(FileParser().parse("gap.hea").leads[0].samples)
reference = wfdb.rdrecord("gap").p_signal[:, 0]
print("ecgdatakit:", theirs)
print("wfdb:      ", reference)
holds = np.isclose(theirs[1], -32.768) and np.isnan(reference[1])
raise SystemExit(0 if holds else 1)
PY
"$folder/venv/bin/python" gap.py
# Output seen:
# ecgdatakit: [  0.1   -32.768   0.3  ]
# wfdb:       [0.1 nan 0.3]
