"""Another reader at work, in an environment of its own: ``rivals.py NAME FILE …`` reads the files once for each line it is sent.

It answers each line with a JSON object: the seconds the pass took and how many quantities it found. A file's language is
told by its name's ending, ``.en`` or ``.zh``.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def quantulum3() -> dict[str, Callable[[str], int]]:
    """Give quantulum3's reading, English only, without its optional classifier."""
    from quantulum3 import parser  # noqa: PLC0415 - each rival is loaded only where it is asked for

    return {"en": lambda text: len(parser.parse(text))}


def recognizers() -> dict[str, Callable[[str], int]]:
    """Give Recognizers-Text's models of numbers, percentages and currencies: the least that reads a figure's value and unit."""
    from recognizers_number import NumberRecognizer  # noqa: PLC0415 - each rival is loaded only where it is asked for
    from recognizers_number_with_unit import NumberWithUnitRecognizer  # noqa: PLC0415 - each rival is loaded only where it is asked for
    from recognizers_text import Culture  # noqa: PLC0415 - each rival is loaded only where it is asked for

    def reader(culture: str) -> Callable[[str], int]:
        numbers, units = NumberRecognizer(culture), NumberWithUnitRecognizer(culture)
        models = [numbers.get_number_model(), numbers.get_percentage_model(), units.get_currency_model()]
        return lambda text: sum(len(model.parse(text)) for model in models)

    return {"en": reader(Culture.English), "zh": reader(Culture.Chinese)}


RIVALS = {"quantulum3": quantulum3, "Recognizers-Text": recognizers}


def main() -> None:
    """Load the rival, say so, and read whenever a line comes."""
    warnings.simplefilter("ignore")
    readers = RIVALS[sys.argv[1]]()
    texts = [(Path(name).suffix[1:], Path(name).read_text(encoding="utf-8")) for name in sys.argv[2:]]
    print(json.dumps(sorted(readers)), flush=True)
    for line in sys.stdin:
        language = line.strip()
        found, started = 0, time.process_time()
        for own, text in texts:
            found += readers[language](text) if own == language else 0
        print(json.dumps([time.process_time() - started, found]), flush=True)


if __name__ == "__main__":
    main()
