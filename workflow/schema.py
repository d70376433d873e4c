"""A form as marshmallow reads it: several fields, each by its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from marshmallow import RAISE, Schema, ValidationError, pre_load

from workflow.checks import Check
from workflow.sentences import Sentence, quoted


class Form(Schema):
    """Blank counts as absent; a name may be written with the underscore that Python asks for."""

    class Meta:
        unknown = RAISE
        register = False

    @pre_load
    def filled_in(self, data: Any, **_: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        return {self.plain_name(name, data): value for name, value in data.items() if not self.absent(name, value)}

    def plain_name(self, name: Any, data: Mapping[Any, Any]) -> Any:
        plain = name.removesuffix("_") if isinstance(name, str) else name
        return plain if name not in self.fields and plain in self.fields and plain not in data else name

    def absent(self, name: Any, value: Any) -> bool:
        field = self.fields.get(name) or self.fields.get(str(name).removesuffix("_"))
        return isinstance(field, Check) and field.is_blank(value)

    def handle_error(self, error: ValidationError, data: Any, **_: Any) -> NoReturn:
        told = {str(name): messages for name, messages in error.messages_dict.items()}
        for name in told.keys() - self.fields.keys():
            told[name] = [Sentence("没有“{name}”一栏。", name=quoted(name))]
        if not isinstance(data, Mapping):
            told = {"_schema": [Sentence("请按表单各栏填写。")]}
        raise ValidationError(told, data=data, valid_data=error.valid_data)
