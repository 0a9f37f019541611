"""What a record is: each record of the contract and of a decoded answer, declared once.

The one table is in `table`, in the terms of `kinds`. `vendors` puts the fields of one vendor in,
and `columns` has those as columns. The schemas, the types of every language, the columns of SQL and
the tables of the READMEs are loops over it; how a type is written in a language stands in that
target's manifest.
"""
