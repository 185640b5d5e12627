# SPDX-License-Identifier: MIT
"""A check prints a line that .ci/run counts."""

_failed = []


def check(title, holds, detail=""):
    if not holds:
        _failed.append(title)
    print(f"{'ok  ' if holds else 'FAIL'}  {title}{f': {detail}' if detail else ''}", flush=True)


def failures():
    return len(_failed)
