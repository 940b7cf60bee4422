"""The handbook: a folder of Markdown pages and assets that plain MkDocs builds by itself."""
