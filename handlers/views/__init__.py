"""Pictures of facts: pure functions from facts to Slack blocks."""
