"""What the tools of ddi-check share: commands of builds, findings, reports."""
