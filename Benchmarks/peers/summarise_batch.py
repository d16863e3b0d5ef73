"""The batch benchmark as Markdown: ratios, right minima, growth, limits.

usage: summarise_batch.py FOLDER
"""
import sys

import batch_growth
import batch_peers
from batch_data import Run

run = Run(sys.argv[1])
for section in (batch_peers.ratios, batch_growth.curves, batch_growth.points, batch_growth.cores,
                batch_growth.kinds, batch_growth.rows, batch_growth.files, batch_peers.screens,
                batch_growth.roofline):
    text = section(run)
    if text:
        print(text)
