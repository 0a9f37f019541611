"""One command a file: arguments in, passes called, results printed, exit status."""
