"""Every state gives a finite answer or a named error, and every sentence that a reader can be shown keeps the law of its word.

Laws stand in the explorers' TOML files. States are drawn over the whole range of the controls, with extra weight on the ends of
sliders and on what is one or two steps away from a preset; 100 for each explorer, 10,000 in ``make fuzz``.
"""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from test_fuzz_explorers import check_answer, values_of

from neurolib.explorer.declaration import OK
from neurolib.explorer.laws import holds, lawful
from neurolib.explorers import explore, names

EVERY = pytest.mark.parametrize("name", names())


def reached(explorer):
    """What ``reached`` names: ``(table, word, settings that have it said)``."""
    table_words = explorer.words.reached.items()
    return [(table, word, explorer.settings(values)) for table, words in table_words for word, values in words.items()]


def places(explorer):
    """Settings that the explorer itself names: the defaults, presets, the prediction's, the challenge's solution."""
    asked = [explorer.prediction.setting] if explorer.prediction else []
    if explorer.challenge and explorer.challenge.solution:
        asked.append(explorer.challenge.solution)
    return [explorer.settings(values) for values in ({}, *explorer.presets.values(), *asked)]


def states(explorer):
    """Any state; a corner, where each slider is at an end or its default; or a place with one to three controls changed."""
    controls = {control.name: control for control in explorer.controls}
    anywhere = {name: values_of(control) for name, control in controls.items()}
    ends = {
        name: st.sampled_from([float(c.min), float(c.max), float(c.default)]) if c.kind == "slider" else anywhere[name]
        for name, c in controls.items()
    }
    changes = st.lists(st.sampled_from(sorted(controls)), min_size=1, max_size=3, unique=True).flatmap(
        lambda chosen: st.fixed_dictionaries({name: st.one_of(anywhere[name], ends[name]) for name in chosen})
    )
    named = [*places(explorer), *(settings for _table, _word, settings in reached(explorer))]
    near = st.tuples(st.sampled_from(named), changes).map(lambda pair: pair[0] | pair[1])
    return st.one_of(near, near, st.fixed_dictionaries(anywhere), st.fixed_dictionaries(ends)).map(explorer.settings)


def check_state(explorer, settings):
    """A state's numbers are numbers and its words keep their laws; the words that were met, as ``(table, word)``."""
    word, results = explorer.evaluate(settings)
    check_answer(explorer, settings, word, results)
    return check_words(explorer, settings, word, results)


def check_words(explorer, settings, word, results):
    """Hold the sentence and the verdict of a state to their laws; the words that were met."""
    if word != OK:
        met = [("faults", word, float("nan"))]
    else:
        met = [("say", explorer.outcome(explorer.say, settings, results)[0], float("nan"))]
        if explorer.challenge:
            met.append(("challenge", *explorer.verdict(settings, results)))
    for table, said, off in met:
        if said in lawful(explorer)[table]:
            numbers = {readout.name: results[readout.name] for readout in explorer.readouts}
            law, text = explorer.words.laws[table][said], getattr(explorer.words, table)[said]
            assert holds(explorer, table, said, settings, results, off), f"{said}: {text!r} breaks {law!r}: {numbers}"
    return {(table, said) for table, said, _off in met}


def check_begin(explorer, settings):
    """The same for what is said before a sweep has made a step, and nothing for an explorer without one."""
    if not explorer.sweep:
        return set()
    begun = replace(explorer, sweep=replace(explorer.sweep, count=0), challenge=None)
    return check_words(begun, settings, *begun.evaluate(settings))


@EVERY
def test_every_word_has_a_law(name):
    explorer = explore(name)
    words, laws = lawful(explorer), explorer.words.laws
    assert [(table, word) for table in words for word in words[table] if word not in laws.get(table, {})] == []


@EVERY
def test_what_is_said_is_true_and_every_word_is_said(name):
    explorer = explore(name)
    met = set()

    @given(states(explorer))
    @example(explorer.defaults)
    def run(settings):
        met.update(check_state(explorer, settings))

    run()
    met.update(check_begin(explorer, explorer.defaults))
    for settings in places(explorer):
        met.update(check_state(explorer, settings))
    for table, word, settings in reached(explorer):
        said = check_state(explorer, settings)
        assert (table, word) in said, f"{word} is not said at {settings}"
        met.update(said)
    words = lawful(explorer) | {"prediction": []}
    assert [f"{table}.{word}" for table in words for word in words[table] if (table, word) not in met] == []


@EVERY
def test_one_answer_to_a_prediction_is_right(name):
    """Where the question asks, the law of the right option holds and that of every other does not."""
    explorer = explore(name)
    if explorer.prediction:
        settings = explorer.settings(explorer.prediction.setting)
        _word, results = explorer.evaluate(settings)
        right = [word for word in lawful(explorer)["prediction"] if holds(explorer, "prediction", word, settings, results)]
        assert right == [explorer.outcome(explorer.prediction.answer, settings, results)[0]]
