"""The vocabulary and the rules of money. Pure: no clock, no network, no database."""
