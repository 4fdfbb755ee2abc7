"""How a record of an older version becomes one of this version: one module a step, run when the record is opened."""
