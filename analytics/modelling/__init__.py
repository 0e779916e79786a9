"""Baselines, models, calibration, backtest, explanation and the saved artifact."""
