"""The website of a library, independent of the program that builds it.

`atlas.Atlas` is all that such a program has to know. `placeholders` lists what an unfinished page
contains in the place of its HTML.
"""
