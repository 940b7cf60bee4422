"""A process as BPMN 2.0 (ISO/IEC 19510): its meaning and its picture in one file."""
