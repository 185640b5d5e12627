# SPDX-License-Identifier: MIT
"""Holds what examples/cdk synthesizes to template.yaml: the same resources once SAM is expanded, and clean by cfn-lint.

usage: python test/batch/cdk.py FOLDER   (cdk.out)
"""

import json
import sys
from pathlib import Path

from resolve import resolve
from template import ROOT, cfn_yaml, lint, of_type, translate

STACKS = {"tomare-jp": "logs/jp/", "tomare-mt": "logs/mt/"}


def kinds(translated: dict) -> dict[str, str]:
    """Types by name; a version's name has a hash of its image."""
    made = translated["Resources"]
    return {"FunctionVersion" if r["Type"] == "AWS::Lambda::Version" else n: r["Type"] for n, r in made.items()}


def main() -> int:
    wanted = kinds(translate(cfn_yaml.load(str(ROOT / "template.yaml"))))
    failed = 0
    for stack, prefix in STACKS.items():
        path = Path(sys.argv[1]) / f"{stack}.template.json"
        translated = translate(json.loads(path.read_text()))
        found = kinds(translated)
        wrong = [f"{name}: {kind}" for name, kind in set(found.items()) ^ set(wanted.items())]
        rule = of_type(resolve(translated), "AWS::Events::Rule")["NewLogs"]["EventPattern"]["detail"]
        if rule != {"bucket": {"name": ["fleet-logs"]}, "object": {"key": [{"prefix": prefix}]}}:
            wrong.append(f"it hears of {rule}")
        wrong += lint(translated, "W")  # conditions on parameters that the app has fixed
        failed += bool(wrong)
        print("FAIL  " if wrong else "ok    ", f"{stack}: {len(found)} resources as in the template", sep="")
        print(*wrong, sep="\n", end="\n" if wrong else "")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
