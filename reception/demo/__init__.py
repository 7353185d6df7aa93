"""A made-up register to try the program out and to measure it: believable, invented, the same for a seed."""

from reception.demo.filling import fill as fill
