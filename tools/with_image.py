# SPDX-License-Identifier: MIT
"""Prints template.yaml with an image that is built already in place of what `sam build` needs; Python alone, line by line.

usage: python3 tools/with_image.py TEMPLATE IMAGE
"""

import re
import sys


def with_image(text: str, image: str) -> str:
    """Each Metadata that names a Dockerfile goes, and each image function gets its ImageUri."""
    without = re.sub(r"^    Metadata:\n      Dockerfile: .*\n(?:      .*\n)*", "", text, flags=re.M)
    return without.replace("      PackageType: Image\n", f"      PackageType: Image\n      ImageUri: {image}\n")


if __name__ == "__main__":
    path, image = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        sys.stdout.write(with_image(file.read(), image))
