"""Reads a hardware vendor's error-code documents and writes packages that programs can trust.

The passes, in order, stand in `pipeline`; the commands in `cli`.
"""
