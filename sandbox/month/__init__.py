"""The month's invoice files of the practice company, as its project system would export them: made anew for any day."""
