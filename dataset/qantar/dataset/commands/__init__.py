"""The subcommands of ``qantar``, one module each."""
