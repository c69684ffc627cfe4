"""The data dictionary, the rules and the codebook as pages to read, made from what is declared."""
