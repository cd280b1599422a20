"""Procountor's JSON as pydantic models: only the members we read, and nothing about the rest can break us."""
