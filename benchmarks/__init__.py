"""Reproducible measurements, told as ratios: a figure alone says more of the machine."""
