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
from moto.events.models import EventPattern
from resolve import resolve
from samtranslator.translator.translator import Translator
from samtranslator.parser.parser import Parser

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
os.environ.setdefault("AWS_DEFAULT_REGION", "ap-northeast-1")


def translate(template: dict) -> dict:
    template = copy.deepcopy(template)
    for resource in template["Resources"].values():
        # `sam build` puts the image here, `sam deploy` the place of the definition
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["ImageUri"] = "123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/tomare:tag"
            resource.pop("Metadata", None)
        if resource["Type"] == "AWS::Serverless::StateMachine":
            resource["Properties"]["DefinitionUri"] = "s3://bucket/states.asl.json"
    boto = boto3.Session(region_name="ap-northeast-1")
    return Translator({}, Parser(), boto_session=boto).translate(template, parameter_values={})


def lint(translated: dict, ignored: str = "W2001") -> list[str]:
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(translated, file)
        file.flush()
        # translating fills Deployment in; whether the source uses its parameters `sam validate --lint` says
        command = [BIN / "cfn-lint", "--ignore-checks", ignored, "--", file.name]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
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
    """Each value of the parameter: visibility at least six times it and the wait for a batch, and not beyond what AWS takes."""
    wrong = []
    seconds = t["Parameters"]["FunctionTimeout"]["AllowedValues"]
    table = t["Mappings"]["Timeout"]
    for name in ("Queue", "BackfillQueue"):
        visibility = t["Resources"][name]["Properties"].get("VisibilityTimeout")
        if visibility != {"Fn::FindInMap": ["Timeout", {"Ref": "FunctionTimeout"}, "Visibility"]}:
            wrong.append(f"the VisibilityTimeout of {name} is not that of the table")
    for value in seconds:
        row = table.get(value, {})
        if not 6 * int(value) + t["Parameters"]["BatchSeconds"]["MaxValue"] <= row.get("Visibility", 0) <= 43200:
            wrong.append(f"timeout {value}: visibility {row.get('Visibility')}")
        if not row.get("Alarm", 0) <= 1000 * int(value) or int(value) > 900:
            wrong.append(f"timeout {value}: alarm {row.get('Alarm')}")
    return wrong


def event_sources(t: dict) -> list[str]:
    wrong = []
    mappings = of_type(resolve(t), "AWS::Lambda::EventSourceMapping")
    resolved = of_type(resolve(t, BatchSeconds=7), "AWS::Lambda::EventSourceMapping")
    concurrency = {m["EventSourceArn"]: m.get("ScalingConfig", {}).get("MaximumConcurrency") for m in mappings.values()}
    if concurrency != {"Queue.Arn": 10, "BackfillQueue.Arn": 5}:
        wrong.append(f"queues and their concurrency: {concurrency}")
    for name, mapping in mappings.items():
        if mapping.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]:
            wrong.append(f"{name}: no partial batch response")
        if resolved[name].get("MaximumBatchingWindowInSeconds") != 7:
            wrong.append(f"{name} does not wait for BatchSeconds")
        if mapping["FunctionName"] != "FunctionAliaslive":
            wrong.append(f"{name} does not go to the alias: {mapping['FunctionName']}")
    for name, least, most in [("MaximumConcurrency", 2, 1000), ("BackfillConcurrency", 2, 1000), ("BatchSize", 1, 10)]:
        bounds = t["Parameters"][name]
        if (bounds["MinValue"], bounds["MaxValue"]) != (least, most):
            wrong.append(f"{name} has other bounds than AWS")
    return wrong


def queues(t: dict) -> list[str]:
    wrong = []
    for name, queue in of_type(resolve(t), "AWS::SQS::Queue").items():
        if queue.get("MessageRetentionPeriod") != 14 * 86400:
            wrong.append(f"{name} keeps messages for {queue.get('MessageRetentionPeriod')} s")
        if name != "DeadLetters" and queue.get("RedrivePolicy", {}).get("deadLetterTargetArn") != "DeadLetters.Arn":
            wrong.append(f"{name} has no dead letters")
    return wrong


def functions(t: dict) -> list[str]:
    wrong = []
    made = of_type(resolve(t), "AWS::Lambda::Function")
    for name, f in made.items():
        if f.get("PackageType") != "Image" or not f.get("Code", {}).get("ImageUri"):
            wrong.append(f"{name} is no image")
        if f.get("EphemeralStorage", {"Size": 512})["Size"] not in range(512, 10241):
            wrong.append(f"{name}: EphemeralStorage is beyond its limit")
    names = set(made["Function"]["Environment"]["Variables"])
    known = set((ROOT / "src/lambda/config.ts").read_text().split("schema = z.object")[1].split("});")[0].split())
    known = {word.rstrip(":") for word in known if word.endswith(":")}
    if names - known:
        wrong.append(f"variables that the function does not read: {names - known}")
    needed = {"TOMARE_INPUT_BUCKETS", "TOMARE_OUTPUT_BUCKET", "TOMARE_DEAD_LETTER_URL", "TZ"}
    if needed - names:
        wrong.append(f"variables that are missing: {needed - names}")
    roles = {"FunctionRole", "BackfillRole", "PreTrafficRole", "DeploymentRole", "CompactRole", "DailyRole", "NightRole"}
    if set(of_type(t, "AWS::IAM::Role")) != roles:
        wrong.append("SAM added a role of its own, which is wider than needed")
    return wrong


def release(t: dict) -> list[str]:
    """A version for each image, traffic by canary, back at an alarm, and never before the check."""
    wrong = []
    alias = t["Resources"].get("FunctionAliaslive", {})
    update = alias.get("UpdatePolicy", {}).get("CodeDeployLambdaAliasUpdate", {})
    if update.get("BeforeAllowTrafficHook") != {"Ref": "PreTraffic"}:
        wrong.append("no check before traffic")
    groups = of_type(resolve(t), "AWS::CodeDeploy::DeploymentGroup").values()
    for group in groups:
        if "DEPLOYMENT_STOP_ON_ALARM" not in group["AutoRollbackConfiguration"]["Events"]:
            wrong.append("an alarm brings nothing back")
        alarms_of = {alarm["Name"] for alarm in group["AlarmConfiguration"]["Alarms"]}
        if alarms_of != {"NewVersionErrorsAlarm", "FailedAlarm", "ReturnedAlarm"}:
            wrong.append(f"alarms of the deployment: {alarms_of}")
        if "Canary10Percent5Minutes" not in str(group["DeploymentConfigName"]):
            wrong.append(f"no canary: {group['DeploymentConfigName']}")
    if len(groups) != 1:
        wrong.append(f"{len(groups)} deployment groups")
    [version] = [n for n, r in t["Resources"].items() if r["Type"] == "AWS::Lambda::Version"]
    checked = of_type(resolve(t), "AWS::Lambda::Function")["PreTraffic"]["Environment"]["Variables"]
    if checked.get("CHECKED_VERSION") != f"{version}.Version":
        wrong.append("the check is of another version")
    if checked.get("CHECKED_ALIAS") != alias["Properties"]["Name"]:
        wrong.append("the check knows no version in service")
    digest = "0123456789abcdef" * 4
    named = of_type(resolve(t, MapDigest=digest), "AWS::Lambda::Function")["PreTraffic"]["Environment"]["Variables"]
    if [checked.get("CHECKED_MAP"), named.get("CHECKED_MAP")] != ["", digest]:
        wrong.append("the check does not hear which map is meant")
    return wrong


def notifications(t: dict) -> list[str]:
    """Each way in which the queue hears of logs: its sender is allowed, and no other."""
    wrong = []
    topic = "arn:aws:sns:ap-northeast-1:123456789012:logs"
    rule = "arn:aws:events:ap-northeast-1:123456789012:rule/tomare-new-logs"
    own = "arn:aws:s3:::tomare-logs-123456789012-ap-northeast-1"
    for way, service, source, parameters in [
        ("bucket", "s3.amazonaws.com", own, {}),
        ("eventbridge", "events.amazonaws.com", rule, {"ExistingInputBucket": "theirs"}),
        ("sns", "sns.amazonaws.com", topic, {"ExistingInputBucket": "theirs", "EventTopicArn": topic}),
    ]:
        made = resolve(t, Notifications=way, **parameters)
        statements_of = made["Resources"]["QueuePolicy"]["Properties"]["PolicyDocument"]["Statement"]
        allowed = [s for s in statements_of if s["Effect"] == "Allow"]
        found = [(s["Principal"]["Service"], s["Condition"]["ArnEquals"]["aws:SourceArn"]) for s in allowed]
        if found != [(service, source)]:
            wrong.append(f"{way}: {found} may send")
        buckets_made = set(of_type(made, "AWS::S3::Bucket"))
        if buckets_made != ({"OutputBucket"} if parameters else {"InputBucket", "OutputBucket"}):
            wrong.append(f"{way}: buckets {buckets_made}")
        function = made["Resources"]["Function"]["Properties"]["Environment"]["Variables"]
        if function["TOMARE_INPUT_BUCKETS"] != parameters.get("ExistingInputBucket", "InputBucket"):
            wrong.append(f"{way}: the function reads {function['TOMARE_INPUT_BUCKETS']}")
        if way == "sns" and made["Resources"]["NewLogsByTopic"]["Properties"]["TopicArn"] != topic:
            wrong.append("sns: another topic")
    notified = resolve(t)["Resources"]["InputBucket"]["Properties"]["NotificationConfiguration"]
    if notified["QueueConfigurations"][0]["Filter"]["S3Key"]["Rules"] != [{"Name": "prefix", "Value": "logs/"}]:
        wrong.append("the bucket tells of every object")
    return wrong


def several_maps(t: dict) -> list[str]:
    """Two stacks on one bucket: each hears of the logs below its prefix, of no other, and of no other bucket's."""
    wrong = []
    prefixes = {"tomare-jp": "logs/jp/", "tomare-mt": "logs/mt/"}
    patterns = {}
    for stack, prefix in prefixes.items():
        made = resolve(t, ExistingInputBucket="theirs", Notifications="eventbridge", InputPrefix=prefix)
        patterns[stack] = EventPattern.load(json.dumps(made["Resources"]["NewLogs"]["Properties"]["EventPattern"]))
    for bucket, key, wanted in [
        ("theirs", "logs/jp/走行 1.csv", ["tomare-jp"]),
        ("theirs", "logs/mt/a.csv", ["tomare-mt"]),
        ("theirs", "logs/jpx/a.csv", []),
        ("theirs", "other/logs/jp/a.csv", []),
        ("somebody", "logs/jp/a.csv", []),
    ]:
        detail = {"bucket": {"name": bucket}, "object": {"key": key}}
        event = {"source": "aws.s3", "detail-type": "Object Created", "detail": detail}
        heard = [stack for stack, pattern in patterns.items() if pattern.matches_event(event)]
        if heard != wanted:
            wrong.append(f"{bucket}/{key} is heard by {heard}")
    return wrong


# Statements on every resource, each with the reason: what AWS lets nobody bind.
UNBOUND = {"PlaceInTheVpc", "WriteTraces"}


def privileges(t: dict) -> list[str]:
    wrong = []
    unbound = set()
    made = resolve(t, HeavyLogs="on", SubnetIds="a", SecurityGroupIds="s", Tracing="on", KmsKeyArn="arn:aws:kms:k")
    for s in statements(made, "AWS::IAM::Role") + statements(made, "AWS::IAM::Policy"):
        actions = [s["Action"]] if isinstance(s["Action"], str) else s["Action"]
        if any("*" in action for action in actions):
            wrong.append(f"too wide: {s}")
        if s["Resource"] == "*":
            unbound.add(s["Sid"])
    if unbound != UNBOUND:
        wrong.append(f"statements on every resource: {unbound}")
    if any("ManagedPolicyArns" in r for r in of_type(t, "AWS::IAM::Role").values()):
        wrong.append("a managed policy")
    return wrong


def buckets(t: dict) -> list[str]:
    """`t`: a template, or one whose conditions are decided."""
    wrong = []
    made = resolve(t) if "Conditions" in t else t
    for name, bucket in of_type(made, "AWS::S3::Bucket").items():
        block = bucket.get("PublicAccessBlockConfiguration", {})
        if len(block) != 4 or not all(block.values()):
            wrong.append(f"{name} is not private")
        if not bucket.get("BucketEncryption") or not bucket.get("LifecycleConfiguration"):
            wrong.append(f"{name} has no encryption or no lifecycle")
        if not bucket["BucketName"].endswith("-123456789012-ap-northeast-1"):
            wrong.append(f"{name} has a name without account or region")
    denied = sum(s["Effect"] == "Deny" and s["Condition"]["Bool"] == {"aws:SecureTransport": "false"}
                 for s in statements(made, "AWS::S3::BucketPolicy") + statements(made, "AWS::SQS::QueuePolicy"))
    if denied != len(of_type(made, "AWS::S3::Bucket")) + len(of_type(made, "AWS::SQS::Queue")):
        wrong.append("a bucket or queue takes requests without TLS")
    return wrong


def switches(t: dict) -> list[str]:
    """Key, VPC, tracing, reserved concurrency, tags: there when they are given, and not otherwise."""
    wrong = []
    key = "arn:aws:kms:ap-northeast-1:123456789012:key/k"
    given = resolve(t, KmsKeyArn=key, SubnetIds="a,b", SecurityGroupIds="s", Tracing="on", ReservedConcurrency=20,
                    Owner="fleet", CostCenter="7")
    default = resolve(t)
    texts = {name: json.dumps(made["Resources"]) for name, made in [("given", given), ("default", default)]}
    if "kms:" in texts["default"]:
        wrong.append("a key without a key")
    keyed = ["Queue", "BackfillQueue", "DeadLetters", "InputBucket", "OutputBucket", "Function", "FunctionLogs", "Alarms"]
    wrong += [f"{name} does not use the key" for name in keyed if key not in json.dumps(given["Resources"][name])]
    f, plain = (made["Resources"]["Function"]["Properties"] for made in (given, default))
    if f.get("VpcConfig") != {"SubnetIds": ["a", "b"], "SecurityGroupIds": ["s"]} or "VpcConfig" in plain:
        wrong.append("VPC")
    if f["TracingConfig"] != {"Mode": "Active"} or plain["TracingConfig"] != {"Mode": "PassThrough"}:
        wrong.append("tracing")
    if f.get("ReservedConcurrentExecutions") != 20 or "ReservedConcurrentExecutions" in plain:
        wrong.append("reserved concurrency")
    policies = {"UseOfTheKey", "PlaceInTheVpc", "WriteTraces"}
    if set(of_type(given, "AWS::IAM::Policy")) != policies or of_type(default, "AWS::IAM::Policy"):
        wrong.append("policies")
    for name in ("Queue", "InputBucket", "OutputBucket", "Function", "Backfill", "Alarms"):
        tags = given["Resources"][name]["Properties"].get("Tags", [])
        if {"Key": "Owner", "Value": "fleet"} not in tags or {"Key": "CostCenter", "Value": "7"} not in tags:
            wrong.append(f"{name} has tags {tags}")
    return wrong


def alarms(t: dict) -> list[str]:
    made = resolve(t, HeavyLogs="on")
    found = of_type(made, "AWS::CloudWatch::Alarm")
    wanted = {f"{name}Alarm" for name in (
        "Letters", "OldestLetter", "OldestMessage", "Failed", "Returned", "Errors", "NewVersionErrors", "Throttles",
        "Duration", "Backfill", "Daily", "Heavy", "OldestHeavy")}
    wrong = [] if set(found) == wanted else [f"alarms: {set(found)}"]
    for name, alarm in found.items():
        if alarm.get("AlarmActions") != ["Alarms"] or alarm.get("TreatMissingData") != "notBreaching":
            wrong.append(f"{name} tells nobody, or stays when nothing comes any more")
        # a count of letters that lie there would keep its alarm up until somebody takes them
        if alarm.get("MetricName") == "ApproximateNumberOfMessagesVisible":
            wrong.append(f"{name} does not end")
    return wrong


def compaction(t: dict) -> list[str]:
    """Each night, of as many days as are asked for; with none there is neither function nor schedule."""
    wrong = []
    made = resolve(t, CompactionDays=7)["Resources"]
    [target] = made["Night"]["Properties"]["Targets"]
    if json.loads(target["Input"]) != {"last": 7} or target["Arn"] != "Daily" or target["RoleArn"] != "NightRole.Arn":
        wrong.append(f"the night starts {target}")
    if made["Compact"]["Properties"]["ImageConfig"] != {"Command": ["dist/lambda/compact.handler"]}:
        wrong.append("the function is another")
    night = {"Compact", "CompactRole", "CompactLogs", "Daily", "DailyRole", "DailyAlarm", "Night", "NightRole"}
    left = night & set(resolve(t, CompactionDays=0)["Resources"])
    return wrong + ([f"without days there are {left}"] if left else [])


def heavy(t: dict) -> list[str]:
    """With the switch a queue and a function of the same settings, which hands nothing over; without it nothing of them."""
    wrong = []
    on, off = resolve(t, HeavyLogs="on", HeavyBytes=7), resolve(t)
    packed = of_type(resolve(t, ResultObjects="batch"), "AWS::Lambda::Function")["Function"]["Environment"]["Variables"]
    if packed["TOMARE_RESULT_OBJECTS"] != "batch":
        wrong.append("the function does not hear of ResultObjects")
    made = of_type(on, "AWS::Lambda::Function")
    first, second = (made[name]["Environment"]["Variables"] for name in ("Function", "HeavyFunction"))
    handing = {"TOMARE_HEAVY_QUEUE_URL": "HeavyQueue", "TOMARE_HEAVY_BYTES": 7, "TOMARE_RESULT_OBJECTS": "log"}
    if {**second, **handing} != first or set(second) & set(handing):
        wrong.append(f"the environments: {first} and {second}")
    queue = of_type(on, "AWS::SQS::Queue")["HeavyQueue"]
    if queue["VisibilityTimeout"] < 6 * made["HeavyFunction"]["Timeout"] or queue["MessageRetentionPeriod"] != 14 * 86400:
        wrong.append("the queue forgets or repeats too early")
    if queue["RedrivePolicy"]["deadLetterTargetArn"] != "DeadLetters.Arn":
        wrong.append("no dead letters")
    mappings = of_type(on, "AWS::Lambda::EventSourceMapping").values()
    [mapping] = [m for m in mappings if m["EventSourceArn"] == "HeavyQueue.Arn"]
    if (mapping["FunctionName"], mapping["BatchSize"]) != ("HeavyFunction", 1):
        wrong.append(f"the queue feeds {mapping}")
    if mapping.get("FunctionResponseTypes") != ["ReportBatchItemFailures"] or not mapping.get("ScalingConfig"):
        wrong.append("no partial batch response, or no bound")
    sids = [s["Sid"] for s in statements(on, "AWS::IAM::Role")]
    if "PassOnAndTakeHeavyLogs" not in sids or "Heavy" in json.dumps(off["Resources"]):
        wrong.append("the right to the queue is missing, or something is there without the switch")
    return wrong + buckets(on)


def dashboard(t: dict) -> list[str]:
    """Its body is JSON, its widgets lie side by side, and the function writes what it shows."""
    [board] = of_type(resolve(t), "AWS::CloudWatch::Dashboard").values()
    widgets = json.loads(board["DashboardBody"]).get("widgets", [])
    wrong = [] if len({(w["x"], w["y"]) for w in widgets}) == len(widgets) == 6 else ["widgets lie on one another"]
    written = "".join(path.read_text() for path in (ROOT / "src/lambda").glob("*.ts"))
    for name in ("LogsStored", "LogDuration", "RuleFindings"):
        shown = board["DashboardBody"].count(name)
        if not shown or name.removeprefix("Logs") not in written:
            wrong.append(f"{name} is shown {shown} times, or never written")
    return wrong


CHECKS = [timeouts, event_sources, queues, functions, release, notifications, several_maps, privileges, buckets, switches,
          compaction, heavy, alarms, dashboard, lint]


def mutations(t: dict):
    """Broken twins, each with the check that must notice: a check that cannot fail is none."""
    def twin(change):
        broken = copy.deepcopy(t)
        change(broken)
        return broken
    r = lambda b, name: b["Resources"][name]["Properties"]
    yield "timeouts", twin(lambda b: r(b, "Queue").update(VisibilityTimeout=30))
    yield "timeouts", twin(lambda b: b["Mappings"]["Timeout"]["60"].update(Visibility=300))
    yield "event_sources", twin(lambda b: r(b, "FunctionMessages").pop("FunctionResponseTypes"))
    yield "event_sources", twin(lambda b: r(b, "FunctionBackfill").update(FunctionName={"Ref": "Function"}))
    yield "event_sources", twin(lambda b: r(b, "FunctionBackfill").pop("ScalingConfig"))
    yield "queues", twin(lambda b: r(b, "BackfillQueue").update(MessageRetentionPeriod=345600))
    yield "queues", twin(lambda b: r(b, "BackfillQueue").pop("RedrivePolicy"))
    yield "functions", twin(lambda b: r(b, "Function").update(EphemeralStorage={"Size": 20000}))
    yield "functions", twin(lambda b: r(b, "Function")["Environment"]["Variables"].update(TOMARE_MAPP="x"))
    yield "release", twin(lambda b: b["Resources"]["FunctionAliaslive"].pop("UpdatePolicy"))
    yield "release", twin(lambda b: r(b, "PreTraffic")["Environment"]["Variables"].pop("CHECKED_ALIAS"))
    yield "release", twin(lambda b: r(b, "PreTraffic")["Environment"]["Variables"].update(CHECKED_MAP=""))
    yield "release", twin(lambda b: r(b, "FunctionDeploymentGroup")["AlarmConfiguration"]["Alarms"].pop())
    yield "release", twin(lambda b: r(b, "PreTraffic")["Environment"]["Variables"].update(CHECKED_VERSION="1"))
    policy = lambda b: r(b, "QueuePolicy")["PolicyDocument"]["Statement"]
    yield "notifications", twin(lambda b: policy(b).pop(0))
    yield "notifications", twin(lambda b: policy(b)[2]["Fn::If"][1].pop("Condition") and policy(b)[2]["Fn::If"][1].update(
        Condition={"ArnEquals": {"aws:SourceArn": "arn:aws:sns:*:*:*"}}))
    yield "several_maps", twin(lambda b: r(b, "NewLogs")["EventPattern"]["detail"].pop("object"))
    yield "several_maps", twin(lambda b: r(b, "NewLogs")["EventPattern"]["detail"].pop("bucket"))
    first = lambda b: r(b, "FunctionRole")["Policies"][0]["PolicyDocument"]["Statement"][0]
    yield "privileges", twin(lambda b: first(b).update(Resource="*"))
    yield "privileges", twin(lambda b: first(b).update(Action="s3:*"))
    yield "buckets", twin(lambda b: r(b, "OutputBucket").pop("PublicAccessBlockConfiguration"))
    yield "buckets", twin(lambda b: b["Resources"].pop("DeadLettersPolicy"))
    yield "switches", twin(lambda b: r(b, "BackfillQueue").pop("KmsMasterKeyId"))
    yield "switches", twin(lambda b: r(b, "Function").pop("VpcConfig"))
    yield "alarms", twin(lambda b: b["Resources"].pop("ErrorsAlarm"))
    yield "alarms", twin(lambda b: r(b, "ThrottlesAlarm").update(TreatMissingData="breaching"))
    yield "compaction", twin(lambda b: b["Resources"]["Night"].pop("Condition"))
    yield "compaction", twin(lambda b: r(b, "Night")["Targets"][0].pop("RoleArn") and r(b, "Night")["Targets"][0].update(RoleArn="x"))
    yield "heavy", twin(lambda b: r(b, "HeavyQueue").update(VisibilityTimeout=60))
    yield "heavy", twin(lambda b: r(b, "HeavyFunction")["Environment"]["Variables"].update(TOMARE_HEAVY_QUEUE_URL="x"))
    yield "heavy", twin(lambda b: b["Resources"].pop("HeavyQueuePolicy"))
    yield "dashboard", twin(lambda b: r(b, "Dashboard").update(DashboardBody="{}"))
    yield "lint", twin(lambda b: r(b, "Queue").update(VisibilityTimout=30))


def checkov(translated: dict) -> list[str]:
    """What checkov finds, less the exceptions with their reasons; a reason that nothing needs is wrong too."""
    program = BIN.parent.parent / "checkov" / "bin" / "checkov"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.json"
        path.write_text(json.dumps(translated, indent=1))
        command = [program, "-f", path, "--framework", "cloudformation", "-o", "json", "--skip-download", "--soft-fail"]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
    report = json.loads(run.stdout)
    if report["summary"]["passed"] < 50:
        return ["checkov looked at too little"]
    found = {(c["check_id"], c["resource"].split(".")[-1]) for c in report["results"]["failed_checks"]}
    exceptions = yaml.safe_load((ROOT / "test/batch/checkov.yaml").read_text())
    allowed = {(e["check"], name) for e in exceptions if e["reason"] for name in e["resources"]}
    return [f"{check} {name}" for check, name in sorted(found ^ allowed)]


def main() -> int:
    source = cfn_yaml.load(str(ROOT / "template.yaml"))
    translated = translate(source)
    failed = 0
    for check in CHECKS:
        wrong = check(translated)
        failed += bool(wrong)
        print(f"{'FAIL' if wrong else 'ok  '}  template: {check.__name__}", *wrong, sep="\n      " if wrong else "")
    wrong = checkov(translated)
    failed += bool(wrong)
    print(f"{'FAIL' if wrong else 'ok  '}  template: checkov", *wrong, sep="\n      " if wrong else "")
    by_name = {check.__name__: check for check in CHECKS}
    for i, (name, broken) in enumerate(mutations(translated)):
        noticed = bool(by_name[name](broken))
        failed += not noticed
        print(f"{'ok  ' if noticed else 'FAIL'}  template: {name} notices mutation {i}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
