"""What a listing of the explorers says of each."""


def describe(explorer):
    """An explorer as plain data: name, chapter, controls, outputs."""
    controls = []
    for control in explorer.controls:
        default = control.number(control.default)
        entry = {"name": control.name, "kind": control.kind, "min": control.min, "max": control.max}
        entry |= {"step": control.step, "default": default, "unit": control.unit}
        if control.kind == "slider":
            entry["scale"] = control.scale
        if control.kind == "choice":
            entry["options"] = list(control.options)
        controls.append(entry)
    outputs = [
        {"name": c.name, "kind": "curve", "size": c.size, "unit": c.unit, "gaps": c.gaps} for c in explorer.curves
    ]
    outputs += [
        {"name": r.name, "kind": "number", "unit": r.unit, "optional": r.optional} for r in explorer.readouts
    ]
    return {"name": explorer.name, "chapter": explorer.chapter, "controls": controls, "outputs": outputs}
