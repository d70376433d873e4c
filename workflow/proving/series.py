"""Series: what the calendar opens is one case a period, and somebody may make up for it."""

from __future__ import annotations

from workflow.proving.contradiction import Found, at
from workflow.words.acts import Act
from workflow.words.procedure import Procedure
from workflow.words.where import new


def every_series_opens_one_case_a_period(procedure: type[Procedure]) -> Found:
    for series in procedure.series.values():
        act = series.act
        if not isinstance(act, Act) or act.id not in procedure.acts or new not in act.arrow.sources:
            yield at(procedure, series, f"{series.id} does {act}, which opens no case of this procedure")
        elif not act.by:
            yield at(procedure, series, f"{act.id} is done by the clock alone: nobody can make up for a refusal")
        elif asked := [line.field.id for line in act.form if line.field.required]:
            yield at(procedure, series, f"{act.id} asks for {', '.join(asked)}, which the clock cannot tell")
        if procedure.once is None:
            yield at(procedure, series, f"{series.id} needs the procedure to say one case a what")
        if series.each not in procedure.levels:
            yield at(procedure, series, f"{series.id} opens at each {series.each}, where no case of it stands")
