"""The parts of `fuzz`: see there what they are for."""
