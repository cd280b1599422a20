"""The staircase of the database: each step goes up and back down."""
