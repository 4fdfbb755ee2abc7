"""Pure functions: records -> what one page shows."""
