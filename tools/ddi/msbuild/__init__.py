"""Compile databases of what MSBuild leaves behind, or of its project files."""
