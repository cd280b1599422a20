"""The client of Procountor's REST API. The only home of httpx; wire names never leave it."""
