# SPDX-License-Identifier: MIT
"""Runs the backfill in moto: each log below the prefix becomes one message with the options asked for, and none beside it.

moto knows no ItemBatcher and no EXPRESS children: each batch has one item there, made by the selector; the
states are the same. Of the report it writes the manifest alone; what its files would hold, each child's output, is taken
from a run without the writer.
"""

import json
import sys
import time
from pathlib import Path

import boto3
from moto import mock_aws

ROOT = Path(__file__).resolve().parents[2]
REGION = "ap-northeast-1"
BUCKET = "tomare-logs"
RESULTS = "tomare-results"
JOB = {"settings": {"speeding": {"tolerance_kmh": 5}}, "vehicle": "bus", "profile": "jp", "formats": ["geojson"]}
KEYS = ["2026/10/a b+c.csv", "2026/10/走行.csv.gz", *(f"2026/10/{i:03}.csv" for i in range(23))]


def definition(queue: str, writer: bool) -> str:
    text = (ROOT / "src/lambda/backfill.asl.json").read_text()
    for name, value in {"InputBucket": BUCKET, "OutputBucket": RESULTS, "OutputPrefix": "tomare/", "QueueUrl": queue}.items():
        text = text.replace("${" + name + "}", value)
    machine = json.loads(text)
    each = machine["States"]["EachLog"]
    assert each.pop("ItemBatcher") == {"MaxItemsPerBatch": 10}
    item = each["ItemSelector"]
    each["ItemSelector"] = {"Items": [item]}
    each["ItemProcessor"]["ProcessorConfig"]["ExecutionType"] = "STANDARD"
    if not writer:
        each.pop("ResultWriter")
    return json.dumps(machine)


def run(states, queue: str, asked: dict, writer: bool = True) -> dict:
    name = f"run-{len(asked)}-{writer}"
    role = "arn:aws:iam::123456789012:role/backfill"
    made = states.create_state_machine(name=name, definition=definition(queue, writer), roleArn=role)
    machine = made["stateMachineArn"]
    execution = states.start_execution(stateMachineArn=machine, name=name, input=json.dumps(asked))["executionArn"]
    for _ in range(300):
        answer = states.describe_execution(executionArn=execution)
        if answer["status"] != "RUNNING":
            break
        time.sleep(0.2)
    if answer["status"] != "SUCCEEDED":
        raise RuntimeError(f"{answer['status']} {answer.get('error')} {answer.get('cause')}")
    return json.loads(answer["output"])


def drained(sqs, queue: str) -> list[dict]:
    found = []
    while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", []):
        found += [json.loads(m["Body"]) for m in messages]
        for m in messages:
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=m["ReceiptHandle"])
    return sorted(found, key=lambda message: message["key"])


@mock_aws(config={"stepfunctions": {"execute_state_machine": True}})
def main() -> int:
    s3 = boto3.client("s3", REGION)
    for bucket in (BUCKET, RESULTS):
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    for key in [*KEYS, "2026/09/other.csv"]:
        s3.put_object(Bucket=BUCKET, Key=key, Body=b"x")
    sqs = boto3.client("sqs", REGION)
    queue = sqs.create_queue(QueueName="logs")["QueueUrl"]
    states = boto3.client("stepfunctions", REGION)
    failed = 0
    for title, job in [("without options", None), ("with options", JOB)]:
        output = run(states, queue, {"prefix": "2026/10/", **({"job": job} if job else {})})
        found = drained(sqs, queue)
        wanted = [{**(job or {}), "bucket": BUCKET, "key": key} for key in sorted(KEYS)]
        report = output["report"]["ResultWriterDetails"]
        s3.head_object(Bucket=RESULTS, Key=report["Key"])
        ok = found == wanted and report["Key"].startswith("tomare/backfill/")
        failed += not ok
        print("ok   " if ok else "FAIL ", f"backfill {title}: {len(found)} logs of the prefix, {len(found)} messages")
        if not ok:
            print(output, found)
    children = run(states, queue, {"prefix": "2026/10/"}, writer=False)["report"]
    ok = children == [{"sent": 1}] * len(KEYS)
    failed += not ok
    print("ok   " if ok else "FAIL ", f"backfill: its report counts {sum(child['sent'] for child in children)} messages")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
