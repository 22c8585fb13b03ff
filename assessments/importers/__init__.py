"""Banks from other people's files: workbooks, CSV, and the files of four publishers.

`door.read_bank_file` takes the bytes of a file and gives a bank, the problems by sheet and cell, or the sheets whose
columns a person has to name. Everything becomes the tree of a `maturity-bank` file, which `formats.bank.bank_from`
checks by the same rules as YAML. Nothing of a file is ever run: formulas count as the value that was saved.
"""
