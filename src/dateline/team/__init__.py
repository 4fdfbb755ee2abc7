"""A desk of several: who may sign in and do what (people.py, roles.py), and how far its coders agree (coding.py, alpha.py)."""
