"""The bench: experiments that are plain data, on cells that are plain data.

An experiment holds a membrane, a protocol and a view, as JSON does. :mod:`neurolib.bench.description` says what a membrane
is made of and checks it, :mod:`neurolib.bench.pack` writes it into the array of :mod:`neurolib.kernel.generic`, and
:mod:`neurolib.bench.catalogue` has the cells and channels of the book in this form.
"""
