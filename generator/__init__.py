"""Reads a hardware vendor's error-code documents and writes packages that programs can trust.

The passes, in order, stand in `generator.pipeline`; the commands in `generator.cli`.
"""
