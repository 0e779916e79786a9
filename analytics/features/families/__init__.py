"""One file a family of features; `analytics.features.registry` lists them all."""
