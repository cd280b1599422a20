"""The simulator: the real machines that move money, under a clock, a Procountor and a death of their own.

What decides and what acts is the product's (`finance`, `handlers`), and so is the database (SQLite in memory, every
transaction through `storage`). Three ports are played: the clock, Procountor's HTTP (`books`, `line`) and the end of
the process at any point (`points`). One process, no threads, everything from a seed: what failed once fails again.
"""
