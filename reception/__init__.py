"""The reception desk: records who comes and who calls, sends it on, follows it up and prints the day."""

__version__ = "0.1.0"
