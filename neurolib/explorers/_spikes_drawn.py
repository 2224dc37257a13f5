"""Long runs drawn with few samples: each spike keeps its height."""

from neurolib.portable import portable
from neurolib.spikes import index_of_maximum, index_of_minimum

FINER = 8  # samples for each one that is drawn


@portable
def standing_out(samples, i):
    """The sample to draw for the interval that ends with sample i: the top or the bottom where V turns within it."""
    first = max(0, i - FINER)
    top = samples[index_of_maximum(samples, first, i + 1)]
    if top > max(samples[first], samples[i]):
        return top
    bottom = samples[index_of_minimum(samples, first, i + 1)]
    return bottom if bottom < min(samples[first], samples[i]) else samples[i]
