"""Figures, not verdicts: each benchmark prints the median of several runs beside what it is measured against."""
