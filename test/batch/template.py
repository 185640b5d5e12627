# SPDX-License-Identifier: MIT
"""Checks template.yaml: translated as AWS would, linted, and held to what no linter knows. Prints one line a check.

usage: python test/batch/template.py   (with the packages of tools/batch_requirements.txt)
"""

import copy
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import boto3
import yaml
from cfnlint.decode import cfn_yaml
from samtranslator.translator.translator import Translator
from samtranslator.parser.parser import Parser

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
os.environ.setdefault("AWS_DEFAULT_REGION", "ap-northeast-1")


def translate(template: dict) -> dict:
    template = copy.deepcopy(template)
    function = template["Resources"]["Function"]
    # `sam build` puts the image here, `sam deploy` the place of the definition
    function["Properties"]["ImageUri"] = "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/tomare:tag"
    del function["Metadata"]
    template["Resources"]["Backfill"]["Properties"]["DefinitionUri"] = "s3://bucket/backfill.asl.json"
    boto = boto3.Session(region_name="ap-northeast-1")
    return Translator({}, Parser(), boto_session=boto).translate(template, parameter_values={})


def lint(translated: dict) -> list[str]:
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(translated, file)
        file.flush()
        run = subprocess.run([BIN / "cfn-lint", file.name], capture_output=True, text=True, check=False)
    return [] if run.returncode == 0 else (run.stdout + run.stderr).splitlines()


def of_type(translated: dict, kind: str) -> dict[str, dict]:
    return {n: r.get("Properties", {}) for n, r in translated["Resources"].items() if r["Type"] == kind}


def statements(translated: dict, kind: str) -> list[dict]:
    found = []
    for resource in of_type(translated, kind).values():
        for policy in resource.get("Policies", [resource]):
            found += policy["PolicyDocument"]["Statement"]
    return found


def timeouts(t: dict) -> list[str]:
    """Each value of the parameter: visibility at least six times it, and not beyond what AWS takes."""
    wrong = []
    seconds = t["Parameters"]["FunctionTimeout"]["AllowedValues"]
    table = t["Mappings"]["Timeout"]
    queue = t["Resources"]["Queue"]["Properties"]
    if queue.get("VisibilityTimeout") != {"Fn::FindInMap": ["Timeout", {"Ref": "FunctionTimeout"}, "Visibility"]}:
        wrong.append("the queue's VisibilityTimeout is not that of the table")
    for value in seconds:
        row = table.get(value, {})
        if not 6 * int(value) <= row.get("Visibility", 0) <= 43200:
            wrong.append(f"timeout {value}: visibility {row.get('Visibility')}")
        if not row.get("Alarm", 0) <= 1000 * int(value) or int(value) > 900:
            wrong.append(f"timeout {value}: alarm {row.get('Alarm')}")
    return wrong


def event_source(t: dict) -> list[str]:
    [mapping] = of_type(t, "AWS::Lambda::EventSourceMapping").values()
    wrong = []
    if mapping.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]:
        wrong.append("no partial batch response")
    if mapping.get("ScalingConfig", {}).get("MaximumConcurrency") != {"Ref": "MaximumConcurrency"}:
        wrong.append("no maximum concurrency")
    bounds = t["Parameters"]["MaximumConcurrency"], t["Parameters"]["BatchSize"]
    if (bounds[0]["MinValue"], bounds[0]["MaxValue"], bounds[1]["MaxValue"]) != (2, 1000, 10):
        wrong.append("concurrency or batch size has other bounds than AWS")
    return wrong


def function(t: dict) -> list[str]:
    [f] = of_type(t, "AWS::Lambda::Function").values()
    wrong = []
    if f.get("PackageType") != "Image" or not f.get("Code", {}).get("ImageUri"):
        wrong.append("the function is no image")
    if f.get("EphemeralStorage", {"Size": 512})["Size"] not in range(512, 10241):
        wrong.append("EphemeralStorage is beyond its limit")
    names = set(f["Environment"]["Variables"])
    known = set((ROOT / "src/lambda/config.ts").read_text().split("schema = z.object")[1].split("});")[0].split())
    known = {word.rstrip(":") for word in known if word.endswith(":")}
    if names - known:
        wrong.append(f"variables that the function does not read: {names - known}")
    needed = {"TOMARE_INPUT_BUCKETS", "TOMARE_OUTPUT_BUCKET", "TOMARE_DEAD_LETTER_URL", "TZ"}
    if needed - names:
        wrong.append(f"variables that are missing: {needed - names}")
    if set(of_type(t, "AWS::IAM::Role")) != {"FunctionRole", "BackfillRole"}:
        wrong.append("SAM added a role of its own, which is wider than needed")
    return wrong


def privileges(t: dict) -> list[str]:
    wrong = []
    for s in statements(t, "AWS::IAM::Role"):
        actions = [s["Action"]] if isinstance(s["Action"], str) else s["Action"]
        if s["Resource"] == "*" or any("*" in action for action in actions):
            wrong.append(f"too wide: {s}")
    if any("ManagedPolicyArns" in r for r in of_type(t, "AWS::IAM::Role").values()):
        wrong.append("a managed policy")
    return wrong


def buckets(t: dict) -> list[str]:
    wrong = []
    for name, bucket in of_type(t, "AWS::S3::Bucket").items():
        block = bucket.get("PublicAccessBlockConfiguration", {})
        if len(block) != 4 or not all(block.values()):
            wrong.append(f"{name} is not private")
        if not bucket.get("BucketEncryption") or not bucket.get("LifecycleConfiguration"):
            wrong.append(f"{name} has no encryption or no lifecycle")
    denied = sum(s["Effect"] == "Deny" and s["Condition"]["Bool"] == {"aws:SecureTransport": "false"}
                 for s in statements(t, "AWS::S3::BucketPolicy") + statements(t, "AWS::SQS::QueuePolicy"))
    if denied != len(of_type(t, "AWS::S3::Bucket")) + len(of_type(t, "AWS::SQS::Queue")):
        wrong.append("a bucket or queue takes requests without TLS")
    return wrong


def alarms(t: dict) -> list[str]:
    found = {a["MetricName"] for a in of_type(t, "AWS::CloudWatch::Alarm").values() if a.get("AlarmActions")}
    wanted = {"ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage", "Errors", "Duration"}
    return [] if found == wanted else [f"alarms: {found}"]


CHECKS = [timeouts, event_source, function, privileges, buckets, alarms, lint]


def mutations(t: dict):
    """Broken twins, each with the check that must notice: a check that cannot fail is none."""
    def twin(change):
        broken = copy.deepcopy(t)
        change(broken)
        return broken
    r = lambda b, name: b["Resources"][name]["Properties"]
    yield "timeouts", twin(lambda b: r(b, "Queue").update(VisibilityTimeout=30))
    yield "timeouts", twin(lambda b: b["Mappings"]["Timeout"]["60"].update(Visibility=300))
    yield "event_source", twin(lambda b: r(b, "FunctionMessages").pop("FunctionResponseTypes"))
    yield "function", twin(lambda b: r(b, "Function").update(EphemeralStorage={"Size": 20000}))
    yield "function", twin(lambda b: r(b, "Function")["Environment"]["Variables"].update(TOMARE_MAPP="x"))
    yield "privileges", twin(lambda b: r(b, "FunctionRole")["Policies"][0]["PolicyDocument"]["Statement"][0].update(Resource="*"))
    yield "buckets", twin(lambda b: r(b, "OutputBucket").pop("PublicAccessBlockConfiguration"))
    yield "buckets", twin(lambda b: b["Resources"].pop("DeadLettersPolicy"))
    yield "alarms", twin(lambda b: b["Resources"].pop("ErrorsAlarm"))
    yield "lint", twin(lambda b: r(b, "Queue").update(VisibilityTimout=30))


def main() -> int:
    source = cfn_yaml.load(str(ROOT / "template.yaml"))
    translated = translate(source)
    failed = 0
    for check in CHECKS:
        wrong = check(translated)
        failed += bool(wrong)
        print(f"{'FAIL' if wrong else 'ok  '}  template: {check.__name__}", *wrong, sep="\n      " if wrong else "")
    by_name = {check.__name__: check for check in CHECKS}
    for i, (name, broken) in enumerate(mutations(translated)):
        noticed = bool(by_name[name](broken))
        failed += not noticed
        print(f"{'ok  ' if noticed else 'FAIL'}  template: {name} notices mutation {i}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
