"""Files from the PSA into finance documents: bytes in, documents and faults out."""
