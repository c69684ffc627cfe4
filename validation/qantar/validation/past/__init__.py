"""Records and packages of earlier schemas, judged in memory by what was published of these."""
