"""From OCPP messages to what they mean: docs/decoding.md has the rules.

`decoder` is the reference, on `payload`; `messages` finds messages in lines; `vectors` makes the
messages and answers that every other decoder is held against, of `status_cases` and `event_cases`.
"""
