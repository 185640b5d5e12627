# SPDX-License-Identifier: MIT
"""Runs the backfill in moto: each log below the prefix becomes one message, and none beside it.

moto knows no ItemBatcher and no EXPRESS children: each batch has one item there, made by the selector; the
states are the same.
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
KEYS = ["2026/10/a b+c.csv", "2026/10/走行.csv.gz", *(f"2026/10/{i:03}.csv" for i in range(23))]


def definition(queue: str) -> str:
    text = (ROOT / "src/lambda/backfill.asl.json").read_text()
    machine = json.loads(text.replace("${InputBucket}", BUCKET).replace("${QueueUrl}", queue))
    each = machine["States"]["EachLog"]
    assert each.pop("ItemBatcher") == {"MaxItemsPerBatch": 10}
    item = each["ItemSelector"]
    each["ItemSelector"] = {"Items": [item]}
    each["ItemProcessor"]["ProcessorConfig"]["ExecutionType"] = "STANDARD"
    return json.dumps(machine)


@mock_aws(config={"stepfunctions": {"execute_state_machine": True}})
def main() -> int:
    s3 = boto3.client("s3", REGION)
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    for key in [*KEYS, "2026/09/other.csv"]:
        s3.put_object(Bucket=BUCKET, Key=key, Body=b"x")
    sqs = boto3.client("sqs", REGION)
    queue = sqs.create_queue(QueueName="logs")["QueueUrl"]
    states = boto3.client("stepfunctions", REGION)
    machine = states.create_state_machine(
        name="backfill", definition=definition(queue), roleArn="arn:aws:iam::123456789012:role/backfill"
    )["stateMachineArn"]
    run = states.start_execution(stateMachineArn=machine, input=json.dumps({"prefix": "2026/10/"}))["executionArn"]
    for _ in range(300):
        answer = states.describe_execution(executionArn=run)
        if answer["status"] != "RUNNING":
            break
        time.sleep(0.2)
    if answer["status"] != "SUCCEEDED":
        print("FAIL  backfill:", answer["status"], answer.get("error"), answer.get("cause"))
        return 1
    found = []
    while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", []):
        found += [json.loads(m["Body"]) for m in messages]
        for m in messages:
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=m["ReceiptHandle"])
    wanted = sorted(KEYS)
    if sorted(m["key"] for m in found) != wanted or any(m["bucket"] != BUCKET for m in found):
        print("FAIL  backfill: messages", found)
        return 1
    print(f"ok    backfill: {len(found)} logs of the prefix, {len(found)} messages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
