"""What is known → what a person or a CI service reads. Knows no documents and writes no files."""
