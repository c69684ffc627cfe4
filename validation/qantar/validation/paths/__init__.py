"""What the user names: files, folders, patterns, standard input, remote places."""
