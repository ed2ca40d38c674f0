"""The auditor's checklist, gone through by the program: one module a section, one function a control, read-only."""
