"""WordprocessingML that documents and checklists share: packages, blocks, watermarks, order."""
