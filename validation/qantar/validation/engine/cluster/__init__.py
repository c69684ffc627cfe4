"""The rules on Spark, Dask and Ray."""
