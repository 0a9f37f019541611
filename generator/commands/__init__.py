"""The commands, a file each: arguments in, passes called, results printed, exit status."""
