"""The language server: ddi-check's findings in an editor, beside clangd's."""
