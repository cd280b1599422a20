"""The journeys: one file per thing people do."""
