"""Speed and memory against their goals, each pair measured in one run: ``python -m benchmarks``."""
