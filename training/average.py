"""Several runs → one, the mean of their weights: `python -m training.average runs/A runs/B … --out runs/C`; a run named twice counts twice.

The runs must descend from one another: networks trained apart have no mean.  The mean of the last few is steadier than each of them.
"""

import argparse
import json
from pathlib import Path

import torch


def main() -> None:
    """Average and save, with the options of the last run and the names of all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    nets = [torch.load(run / "net.pt", map_location="cpu") for run in options.runs]
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save({name: sum(net[name] for net in nets) / len(nets) for name in nets[0]}, options.out / "net.pt")
    last = json.loads((options.runs[-1] / "options.json").read_text())
    (options.out / "options.json").write_text(json.dumps(last | {"mean_of": [run.name for run in options.runs]}, indent=1))


if __name__ == "__main__":
    main()
