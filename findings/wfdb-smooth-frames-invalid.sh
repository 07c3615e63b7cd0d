#!/usr/bin/env bash
# wfdb 4.3.1 (Python): reading a signal with several samples per frame, rdrecord's default
# (smooth_frames=True) averages the invalid sample, -32768 in format 16, with its neighbors: a frame
# of one invalid sample and 1.5 mV comes back as -81.17 mV, not as NaN. Means are also cut to whole
# counts toward zero: a frame of 7 and 8 counts is 7. With smooth_frames=False invalid samples are NaN.
#
# Exits 0 while this holds, 1 where the behavior changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet wfdb==4.3.1 numpy==2.4.6 pandas==3.1.1
cd "$folder"
cat >frames.py <<'PY'
import numpy as np
import wfdb

# Four frames of two samples: valid, half invalid, invalid, valid. 200 counts per millivolt.
counts = np.array([100, 200, -32768, 300, -32768, -32768, 7, 8], dtype="<i2")
counts.tofile("frames.dat")
checksum = int(counts.sum(dtype=np.int64)) % 65536
checksum -= 65536 if checksum > 32767 else 0
with open("frames.hea", "w") as header:
    header.write(f"frames 1 250 4\nframes.dat 16x2 200/mV 16 0 100 {checksum} 0 I\n")
smooth = wfdb.rdrecord("frames").p_signal[:, 0]
exact = wfdb.rdrecord("frames", smooth_frames=False).e_p_signal[0]
print("smooth_frames=True: ", smooth)
print("smooth_frames=False:", exact)
holds = (
    np.isclose(smooth[1], -81.17)
    and np.isnan(smooth[2])
    and np.isclose(smooth[3], 7 / 200)
    and np.array_equal(np.isnan(exact), counts == -32768)
)
raise SystemExit(0 if holds else 1)
PY
"$folder/venv/bin/python" frames.py
# Output seen:
# smooth_frames=True:  [ 7.500e-01 -8.117e+01        nan  3.500e-02]
# smooth_frames=False: [0.5   1.      nan 1.5     nan   nan 0.035 0.04 ]
