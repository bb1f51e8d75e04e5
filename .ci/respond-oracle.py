#!/usr/bin/env python3
"""The estimates of `fedpath respond` against statsmodels.

usage: respond-oracle.py FEDPATH EVENTS Y,... ON,...

Runs `FEDPATH respond --events EVENTS` for every column Y, surprise ON and kind of standard error, on all events and, where the table
has a column `unscheduled`, on the scheduled ones. Estimates the same line with statsmodels and compares slope, intercept, standard
error, R2, residual standard deviation and the slope without each of the most influential events. Prints the largest difference of each
response, and fails from 1e-8 on. Needs `pip install statsmodels`.
"""
import csv
import json
import math
import subprocess
import sys

import numpy as np
import statsmodels.api as sm

TOLERANCE = 1e-8
KINDS = {"classical": "nonrobust", "hc1": "HC1", "hc3": "HC3"}


def rows_of(events):
    with open(events, newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return list(csv.DictReader(lines))


def number(cell):
    try:
        value = float(cell)
    except ValueError:
        return None
    return None if math.isnan(value) else value


def points(rows, y, on, unscheduled):
    chosen = [row for row in rows if unscheduled or row["unscheduled"] in ("0", "")]
    pairs = ((number(row[on]), number(row[y])) for row in chosen)
    pairs = [pair for pair in pairs if None not in pair]
    x, values = np.array(pairs).T
    return sm.add_constant(x), values


def ours(fedpath, events, y, on, errors, unscheduled):
    command = [fedpath, "respond", "--events", events, "--y", y, "--on", on, "--errors", errors, "--format", "json", "-q"]
    document = subprocess.run(command + ["--unscheduled"] * unscheduled, check=True, capture_output=True, text=True)
    return json.loads(document.stdout)["responses"][0]


def differences(response, x, y, cov_type):
    fit = sm.OLS(y, x).fit(cov_type=cov_type)
    pairs = {
        "n": (response["n"], fit.nobs),
        "slope": (response["slope"], fit.params[1]),
        "intercept": (response["intercept"], fit.params[0]),
        "standard_error": (response["standard_error"], fit.bse[1]),
        "r_squared": (response["r_squared"], fit.rsquared),
        "residual_sd": (response["residual_sd"], math.sqrt(fit.ssr / (len(y) - 2))),
    }
    for event in response["influence"]:
        same = np.isclose(x[:, 1], float(event["surprise"]), atol=1e-11) & np.isclose(y, float(event["response"]), atol=1e-11)
        left = np.ones(len(y), bool)
        left[np.flatnonzero(same)[0]] = False
        pairs[f"without {event['event']}"] = (event["slope_without"], sm.OLS(y[left], x[left]).fit().params[1])
    return {name: abs(float(mine) - theirs) for name, (mine, theirs) in pairs.items()}


def main():
    fedpath, events, assets, surprises = sys.argv[1:]
    rows = rows_of(events)
    samples = [False, True] if "unscheduled" in rows[0] else [True]
    worst = 0.0
    for unscheduled in samples:
        for asset in assets.split(","):
            for on in surprises.split(","):
                x, y = points(rows, asset, on, unscheduled)
                for errors, cov_type in KINDS.items():
                    found = differences(ours(fedpath, events, asset, on, errors, unscheduled), x, y, cov_type)
                    name, largest = max(found.items(), key=lambda item: item[1])
                    sample = "all" if unscheduled else "scheduled"
                    print(f"{asset} on {on}, {errors}, {sample}, n {len(y)}: {largest:.1e} ({name})")
                    worst = max(worst, largest)
    print(f"largest difference {worst:.1e}")
    sys.exit(int(worst >= TOLERANCE))


if __name__ == "__main__":
    main()
