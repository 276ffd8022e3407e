"""Draw a static picture for a report: PNG, SVG or PDF, the same bytes for the same events."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import GeoError, UnknownFormatError
from geo.webmap.files import write_whole
from geo.webmap.labels import read_labels
from geo.webmap.layout import draw_sheet
from geo.webmap.sheet import Sheet
from geo.webmap.text import clean_text
from geo.webmap.writing import to_payload

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

# Without dates and program versions a picture is the same file each time it is made.
_METADATA: dict[str, dict[str, Any]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": "conflict-event-mapper"},
    "pdf": {"CreationDate": None, "ModDate": None, "Producer": None},
}
_FACES = ("Noto Sans", "DejaVu Sans")


def write_figure(
    frame: pd.DataFrame,
    path: str | Path,
    *,
    title: str = "Conflict events",
    ui_language: str = "en",
    width: float = 9.0,
    height: float = 6.3,
) -> Path:
    """Draw the events of `frame` (columns of the schema) into a file and return its path.

    The suffix says the format: .png (200 dots an inch), .svg or .pdf; `width` and `height` are
    inches. Raises :class:`geo.errors.UnknownFormatError` for another suffix and
    :class:`geo.errors.ExportError` when the file cannot be written.
    """
    target = Path(path)
    kind = target.suffix.lower().removeprefix(".")
    if kind not in _METADATA:
        known = ", ".join(f".{name}" for name in _METADATA)
        raise UnknownFormatError(f"{target.name}: no picture format {kind!r}; use one of {known}")
    size = (width, height)

    def save(partial: Path) -> None:
        _save(frame, partial, kind, title=title, ui_language=ui_language, size=size)

    return write_whole(target, save)


def _save(
    frame: pd.DataFrame,
    path: Path,
    kind: str,
    *,
    title: str,
    ui_language: str,
    size: tuple[float, float],
) -> None:
    try:
        import matplotlib as mpl
        from matplotlib.font_manager import fontManager
    except ModuleNotFoundError as error:
        raise GeoError(
            "pictures need matplotlib: pip install 'conflict-event-mapper[figure]'"
        ) from error
    names = set(fontManager.get_font_names())
    settings: Any = {
        "font.family": [face for face in _FACES if face in names],
        "svg.hashsalt": "conflict-event-mapper",
        "svg.fonttype": "path",
        "pdf.fonttype": 42,
        "hatch.linewidth": 0.5,
        "text.parse_math": False,  # a dollar sign in a place name is a dollar sign
    }
    with mpl.rc_context(settings):
        figure = make_figure(frame, title=title, ui_language=ui_language, size=size)
        figure.savefig(path, format=kind, dpi=200, metadata=_METADATA[kind])


def make_figure(
    frame: pd.DataFrame, *, title: str, ui_language: str, size: tuple[float, float]
) -> Figure:
    """Return the picture as a matplotlib figure, drawn without a display."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=size, facecolor="white")
    FigureCanvasAgg(figure)
    sheet = Sheet(
        figure=figure,
        frame=frame,
        payload=to_payload(frame, ui_language=ui_language),
        labels=read_labels(ui_language),
        title=clean_text(title, longest=120) or "",
    )
    draw_sheet(sheet)
    return figure
