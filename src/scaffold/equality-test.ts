import { toWrite } from '../collections/unfinished.ts';
import { pythonName, type Subject } from './subject.ts';

/**
 * `tests/python/test_distilled_<name>.py`: the test behind the check of equality, which fails as long as the
 * distilled file is a draft and says so when it no longer does.
 */
export function equalityTest(subject: Subject): string {
  const { trainer } = subject;
  const name = pythonName(trainer);
  return `"""The distilled ${trainer.name} equals \`${trainer.class}\`.

Both sides start from the same files on disk and work in float32. Loss and metrics agree to 1e-5,
gradients to 1e-4, relatively.
"""

from __future__ import annotations

import pytest

from distilled import ${name}

pytestmark = pytest.mark.verifies(
    "${trainer.slug}/equality",
    kind="equality",
    title="Distilled ${trainer.name} equals ${trainer.class}",
    trainers=["${trainer.slug}"],
    entry=None,
    inputs=["content/distilled/${name}.py"],
)


@pytest.mark.xfail(strict=True, raises=NotImplementedError, reason="the distilled file is a draft")
def test_the_loss_of_a_batch_equals_the_trainers() -> None:
    # ${toWrite('build the trainer around a tiny model, give both the same batch,')}
    # and compare loss, metrics and gradients: see the tests of the other trainers.
    raise NotImplementedError(${name}.__doc__)
`;
}
