"""Large files judged block by block, in bounded memory."""
