"""What the user names: files, folders, patterns, frames, records, standard input, remote places."""
