"""What the page reads of a text file, in V8, against :func:`neurolib.recordings.read_csv`."""

import json

import numpy as np
import pytest

from neurolib.recordings import read_csv
from neurolib.show.script import FOLDER

mini_racer = pytest.importorskip("py_mini_racer")

ROWS = [(0.0, -65.25), (0.5, -64.0), (1.0, 12.5), (1.5, 1e-3)]
# How such a table may be written: its lines, by a mark, with a decimal point or comma; with a header, or none.
WRITTEN = {
    "comma": "t [ms],V [mV]\n" + "\n".join(f"{t},{V}" for t, V in ROWS),
    "no header": "\n".join(f"{t},{V}" for t, V in ROWS),
    "semicolon": "Zeit;Spannung\r\n" + "\r\n".join(f"{t};{V}".replace(".", ",") for t, V in ROWS),
    "tab": "made by <b>nobody</b>\n# t [s]\tV [V]\n" + "\n".join(f"{t / 1e3}\t{V / 1e3}" for t, V in ROWS) + "\n\n",
    "comma and three decimals": "t;V\n" + "\n".join(f"{t:.3f};{V:.3f}".replace(".", ",") for t, V in ROWS),
    "spaces": "time V\n" + "\n".join(f"  {t}   {V}" for t, V in ROWS),
    "comma and spaces": "\n".join(f"{t} {V}".replace(".", ",") for t, V in ROWS),
    "quoted": '"time (ms)","Vm (mV)"\n' + "\n".join(f'"{t}","{V}"' for t, V in ROWS),
    "exponents": "t,V\n" + "\n".join(f"{t:.6e},{V:.6E}" for t, V in ROWS),
    "mark": "\ufefft,V\n" + "\n".join(f"{t},{V}" for t, V in ROWS),
}


@pytest.fixture(scope="module")
def engine():
    engine = mini_racer.MiniRacer()
    engine.eval((FOLDER / "table.js").read_text(encoding="utf-8"))
    return engine


def table(engine, text):
    return json.loads(engine.eval(f"JSON.stringify(columnsOf({json.dumps(text)}))"))


@pytest.mark.parametrize("how", WRITTEN)
def test_the_page_reads_what_the_library_reads(engine, how, tmp_path):
    read = table(engine, WRITTEN[how])
    file = tmp_path / "trace.csv"
    file.write_text(WRITTEN[how], encoding="utf-8")
    recorded = read_csv(file)
    units = [engine.eval(f"heading({json.dumps(name)}).unit ?? ''") for name in read["names"]] or ["", ""]
    scales = [engine.eval(f"inUnits({json.dumps(unit or wanted)}, '{wanted}')")
              for unit, wanted in zip(units, ("ms", "mV"), strict=True)]  # fmt: skip
    truth = zip(*ROWS, strict=True)
    for column, scale, expected, true in zip(read["columns"], scales, (recorded.time, recorded.V), truth, strict=True):
        np.testing.assert_allclose(np.array(column) * scale, expected, rtol=1e-12)
        np.testing.assert_allclose(expected, true, rtol=1e-9, atol=1e-12)


def test_what_is_wrong_is_named(engine):
    assert table(engine, "no numbers\nat all")["fault"] == "empty"
    assert table(engine, "1\n2\n") == {"fault": "single", "line": 1}
    assert table(engine, "t,V\n0,1\n1,x<b>") == {"fault": "word", "line": 3, "cell": "x<b>"}
    assert table(engine, "t,V\n0,0,1,5\n1,0,2,5") == {"fault": "commas", "line": 2, "width": 4, "count": 2}
    assert table(engine, 't,V\n"0,5","-65,25"\n"1,0","12"')["columns"] == [[0.5, 1], [-65.25, 12]]
    # A value that is missing is none; it is not read as zero.
    assert table(engine, "t,V\n0,1\n1,\n2,nan\n3,4")["columns"] == [[0, 1, 2, 3], [1, None, None, 4]]


@pytest.mark.parametrize(
    ("given", "wanted", "factor"),
    [("s", "ms", 1e3), ("us", "ms", 1e-3), ("V", "mV", 1e3), ("uA/cm2", "mA/cm²", 1e-3), ("A/m^2", "mA/cm²", 0.1),
     ("%", "", 0.01)],
)  # fmt: skip
def test_units(engine, given, wanted, factor):
    unit = engine.eval(f"heading('I [{given}]').unit")
    assert engine.eval(f"inUnits({json.dumps(unit)}, {json.dumps(wanted)})") == pytest.approx(factor, rel=1e-12)


def test_a_unit_of_something_else_is_none(engine):
    assert engine.eval("Number.isNaN(inUnits('pA', 'mA/cm²')) && Number.isNaN(inUnits('mV', 'ms'))")
