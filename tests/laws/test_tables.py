"""The curves of an explorer as tables: what spreadsheets, pandas and Python's ``csv`` make of them."""

import codecs
import csv
import math

import numpy as np
import pandas
import pytest

from neurolib.explorer.tables import MARKS, tables
from neurolib.explorers import all_explorers, explore


@pytest.fixture(scope="module")
def found():
    return {explorer.name: tables(explorer) for explorer in all_explorers()}


def test_each_curve_stands_in_one_table_beside_others_of_its_length(found):
    for explorer in all_explorers():
        sizes = {curve.name: curve.size for curve in explorer.curves}
        assert sorted(name for names in found[explorer.name].values() for name in names) == sorted(sizes)
        for base, names in found[explorer.name].items():
            assert names[0] == base and {sizes[name] for name in names} == {sizes[base]}, explorer.name


def test_the_play_heads_table_comes_first_and_marks_last(found):
    assert list(found["voltage_clamp"])[:2] == ["t", "family_t"]
    assert found["voltage_clamp"]["V_axis"] == ["V_axis", "IV_Na", "IV_K", "IV_intact"]
    for explorer in all_explorers():
        names, sizes = list(found[explorer.name]), {curve.name: curve.size for curve in explorer.curves}
        assert explorer.time not in names or names[0] == explorer.time
        small = [sizes[name] <= MARKS for name in names[1:]]
        assert small == sorted(small)


@pytest.mark.parametrize("name", ["voltage_clamp", "calcium_spike"])
def test_every_reader_reads_it_alike(name, tmp_path):
    """Python's csv, and pandas with and without a mark for comments; the settings stand in each row."""
    explorer = explore(name)
    values = {"voltage_clamp": {"V_step": 20, "axon_17": 1}, "calcium_spike": {"cell": "ventricle", "strength": 0.5}}[name]
    paths, settings, results = explorer.save(tmp_path, **values), explorer.settings(values), explorer.model(**values)
    changed = " ".join(f"{key}={settings[key]:g}" for key in settings if settings[key] != explorer.defaults[key])
    for path, (base, names) in zip(paths, tables(explorer).items(), strict=True):
        assert path.name == f"{name} {base} {changed}.csv"
        assert path.read_bytes().startswith(codecs.BOM_UTF8)
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        plain, commented = pandas.read_csv(path), pandas.read_csv(path, comment="#")
        pandas.testing.assert_frame_equal(plain, commented)
        assert list(plain.columns) == rows[0] and len(plain) == len(rows) - 1
        for i, curve in enumerate(names):
            assert plain.columns[i].split(" (")[0] == curve
            np.testing.assert_array_equal(plain.iloc[:, i], results[curve])
            cells = [float(row[i]) if row[i] else math.nan for row in rows[1:]]
            np.testing.assert_array_equal(cells, results[curve])
        for i, control in enumerate(explorer.controls, start=len(names)):
            written = set(plain.iloc[:, i])
            value = settings[control.name]
            assert written == {value if control.kind == "slider" else control.text(value)}
        assert set(plain["explorer"]) == {name}


def test_tables_of_several_states_go_below_one_another(tmp_path):
    goldman = explore("goldman")
    paths = [path for K in (5, 10, 20) for path in goldman.save(tmp_path, K_in=K * 10)]
    whole = pandas.concat(map(pandas.read_csv, paths))
    groups = whole.groupby("K_in (mM)")["V_line (mV)"].min()
    assert list(groups.index) == [50, 100, 200] and groups.is_monotonic_decreasing


def test_what_has_no_answer_is_not_saved(tmp_path):
    with pytest.raises(ValueError, match="V_step = 200"):
        explore("voltage_clamp").save(tmp_path, V_step=200)
    assert list(tmp_path.iterdir()) == []
