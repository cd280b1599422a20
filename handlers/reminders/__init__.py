"""What is said by the clock."""
