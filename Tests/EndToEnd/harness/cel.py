"""Evaluates admission policies as the API server does, with Google's own CEL runtime.

Variables are typed by their expressions, conditions know no variables, and every expression is type-checked when the
policy is made.
"""

import functools

import jsonpatch
import yaml
from cel_expr_python import cel
from cel_expr_python.ext import ext_strings
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, struct_pb2

from . import programs

TYPE = cel.Type
ROOTS = {"object": TYPE.DYN, "oldObject": TYPE.DYN, "request": TYPE.DYN}
STRING, MESSAGE = 9, 11


@functools.lru_cache(maxsize=None)
def _pool():
    """The message types of expressions: JSONPatch, as the API server declares it."""
    pool = descriptor_pool.DescriptorPool()
    values = descriptor_pb2.FileDescriptorProto()
    struct_pb2.DESCRIPTOR.CopyToProto(values)
    pool.AddSerializedFile(values.SerializeToString())
    file = descriptor_pb2.FileDescriptorProto(
        name="jsonpatch.proto", syntax="proto3", dependency=["google/protobuf/struct.proto"]
    )
    message = file.message_type.add(name="JSONPatch")
    for number, name in enumerate(["op", "path", "from"], start=1):
        message.field.add(name=name, number=number, type=STRING, label=1)
    message.field.add(name="value", number=4, type=MESSAGE, type_name=".google.protobuf.Value", label=1)
    pool.AddSerializedFile(file.SerializeToString())
    return pool


def environment(variables=None):
    return cel.NewEnv(
        descriptor_pool=_pool(), variables={**ROOTS, **(variables or {})}, extensions=[ext_strings.ExtStrings()]
    )


class Policy:
    """A ValidatingAdmissionPolicy or MutatingAdmissionPolicy, compiled."""

    def __init__(self, document):
        self.spec = document["spec"]
        plain = environment()
        self.conditions = [(c["name"], plain.compile(c["expression"])) for c in self.spec.get("matchConditions", [])]
        for name, expression in self.conditions:
            assert expression.return_type() == TYPE.BOOL, f"{name} is of type {expression.return_type()}"
        types, self.variables = {}, []
        for variable in self.spec.get("variables", []):
            expression = environment(types).compile(variable["expression"])
            types[f"variables.{variable['name']}"] = expression.return_type()
            self.variables.append((f"variables.{variable['name']}", expression))
        self.environment = environment(types)
        self.validations = [
            (
                self._typed(v["expression"], TYPE.BOOL), self._typed(v["messageExpression"], TYPE.STRING), v["message"],
            )
            for v in self.spec.get("validations", [])
        ]
        patches = TYPE.List(TYPE("JSONPatch"))
        self.mutations = [self._typed(m["jsonPatch"]["expression"], patches) for m in self.spec.get("mutations", [])]

    def _typed(self, text, wanted):
        """An expression of exactly this type: the API server takes no `dyn` for it."""
        expression = self.environment.compile(text)
        assert expression.return_type() == wanted, f"{text} is of type {expression.return_type()}"
        return expression

    def selects(self, request):
        """Whether the constraints let a request through to the conditions."""
        rules = self.spec["matchConstraints"]["resourceRules"]
        expressions = self.spec["matchConstraints"]["namespaceSelector"].get("matchExpressions", [])
        return (
            any(request["operation"] in r["operations"] and request["resource"]["resource"] in r["resources"] for r in rules)
            and not request.get("subResource")
            and all(request["namespace"] not in e["values"] for e in expressions)
        )

    def _data(self, request):
        return {"object": request.get("object"), "oldObject": request.get("oldObject"), "request": request}

    def concerns(self, request):
        """Whether the policy looks at a request."""
        data = self._data(request)
        # The first condition that does not hold ends it, so that later ones may count on the earlier.
        return self.selects(request) and all(e.eval(data=data).plain_value() is True for _, e in self.conditions)

    def _values(self, request):
        data = self._data(request)
        for name, expression in self.variables:
            data[name] = expression.eval(data=data).plain_value()
        return data

    def findings(self, request):
        """The messages of the validations that fail; none for a request that the policy does not look at."""
        if not self.concerns(request):
            return []
        data, found = self._values(request), []
        for expression, message, fallback in self.validations:
            if expression.eval(data=data).plain_value() is not True:
                text = message.eval(data=data).plain_value()
                # Kubernetes takes the fixed message where the expression gives none of one line.
                found.append(fallback if "\n" in text or len(text) > 5120 else text)
        return found

    def mutate(self, request):
        """The object after the policy's patches, and the operations."""
        if not self.concerns(request):
            return request["object"], []
        data, operations = self._values(request), []
        for expression in self.mutations:
            for operation in expression.eval(data=data).plain_value():
                operations.append(json_format.MessageToDict(operation, preserving_proto_field_name=True))
        for operation in operations:
            operation["value"] = _numbers(operation.get("value"))
        return jsonpatch.JsonPatch(operations).apply(request["object"]), operations


def _numbers(value):
    """Whole numbers as integers again: protobuf's values only know doubles."""
    if isinstance(value, dict):
        return {key: _numbers(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_numbers(element) for element in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def export(kind, *options, status=0):
    """The objects that `pillion export` writes, and what it says."""
    result = programs.run(programs.pillion, "export", kind, *options)
    assert result.returncode == status, programs.told(result)
    return list(yaml.safe_load_all(result.stdout)), result.stderr.decode()
