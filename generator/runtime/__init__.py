"""What the program runs and the generated Python package ships, file by file, as it stands here.

`ocpp` has the words of the standard and compares texts as it does, `firmware` what firmware is
called and which release is meant, `payload` reads the fields of a message, `given` is what a
decoder is made of, `decoder` goes from a message to what it means. Imports here are relative and
lead to nothing else, so that the files work in both places.
"""
