# SPDX-License-Identifier: MIT
"""What a template is with given parameters: conditions decided, references and substitutions filled in.

A resource's own name stands for its Ref, "NAME.ATTRIBUTE" for what is got of it.
"""

import re

NOTHING = object()
PSEUDO = {
    "AWS::AccountId": "123456789012",
    "AWS::NoValue": NOTHING,
    "AWS::Partition": "aws",
    "AWS::Region": "ap-northeast-1",
    "AWS::StackName": "tomare",
}


class Resolver:
    def __init__(self, template: dict, parameters: dict):
        self.template = template
        known = {name: p.get("Default", name) for name, p in template["Parameters"].items()}
        strangers = set(parameters) - set(known)
        if strangers:
            raise KeyError(strangers)
        self.values = {**PSEUDO, **known, **parameters}
        for name, parameter in template["Parameters"].items():
            if parameter["Type"] == "CommaDelimitedList" and isinstance(self.values[name], str):
                self.values[name] = self.values[name].split(",")

    def condition(self, name: str) -> bool:
        return bool(self.value(self.template["Conditions"][name]))

    def call(self, name: str, argument):
        if name == "Ref":
            return self.values.get(argument, argument)
        if name == "Condition":
            return self.condition(argument)
        if name == "Fn::If":
            return self.value(argument[1] if self.condition(argument[0]) else argument[2])
        if name == "Fn::GetAtt":
            return argument if isinstance(argument, str) else ".".join(argument)
        if name == "Fn::Sub":
            text, own = argument if isinstance(argument, list) else (argument, {})
            own = {key: self.value(value) for key, value in own.items()}
            return re.sub(r"\$\{([\w:.]+)\}", lambda m: str({**self.values, **own}.get(m[1], m[1])), text)
        argument = self.value(argument)
        if name == "Fn::Equals":
            return str(argument[0]) == str(argument[1])
        if name == "Fn::Not":
            return not argument[0]
        if name == "Fn::Join":
            return argument[0].join(argument[1])
        if name == "Fn::FindInMap":
            return self.template["Mappings"][argument[0]][argument[1]][argument[2]]
        raise NotImplementedError(name)

    def value(self, node):
        if isinstance(node, list):
            return [v for v in map(self.value, node) if v is not NOTHING]
        if not isinstance(node, dict):
            return node
        if len(node) == 1 and (key := next(iter(node))) and (key in ("Ref", "Condition") or key.startswith("Fn::")):
            return self.call(key, node[key])
        found = {key: self.value(value) for key, value in node.items()}
        return {key: value for key, value in found.items() if value is not NOTHING}

    def resources(self) -> dict[str, dict]:
        """Those that are made."""
        made = {
            name: resource
            for name, resource in self.template["Resources"].items()
            if "Condition" not in resource or self.condition(resource["Condition"])
        }
        return {n: {"Type": r["Type"], "Properties": self.value(r.get("Properties", {}))} for n, r in made.items()}


def resolve(template: dict, **parameters) -> dict:
    """The template with its resources as they would be made."""
    return {**template, "Resources": Resolver(template, parameters).resources()}
