"""What every client of this folder does the same: one tool of its own, whose result only this process knows.

In the environment: LANEWAY_URL (without /v1), LANEWAY_KEY, MODEL, NOTE; STREAM=no asks for answers in one piece.
"""

import json
import os

URL = os.environ["LANEWAY_URL"]
KEY = os.environ["LANEWAY_KEY"]
MODEL = os.environ["MODEL"]
STREAM = os.environ.get("STREAM") != "no"
PROMPT = 'Please call read_note {"name": "lanes.txt"}'
NAME = "read_note"
DESCRIPTION = "Reads a note."
SCHEMA = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}

calls = 0


def read_note(name: str) -> str:
    """Reads a note."""
    global calls
    if name != "lanes.txt":
        raise ValueError(f"called with {name}")
    calls += 1
    return os.environ["NOTE"]


def done(answer: str) -> None:
    """Prints the last line of output: how often the tool ran, and what the model said at last."""
    print(json.dumps({"calls": calls, "answer": answer}))
