"""Around the decoder, which is in `generator.runtime`: docs/decoding.md has its rules.

`catalogue` makes a decoder of a catalogue, `messages` finds messages in lines; `vectors` makes the
messages and answers that every other decoder is held against, of `status_cases` and `event_cases`.
"""
