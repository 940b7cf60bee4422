"""The course of a key figure over time, drawn small (SVG)."""

from regelwerk.artifacts.course.draw import course_svg

__all__ = ["course_svg"]
