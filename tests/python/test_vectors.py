"""The values that the explorers are tested against are fresh; the siblings' losses are TRL's."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
import torch

import vectors
from vector_sets import preference_losses
from vector_sets.preference_losses import PairOptions

PAIRS = torch.tensor(preference_losses.PAIRS, dtype=torch.float64)
TOKENS = (40, 24)  # long enough that no probability reaches 1


@pytest.fixture(scope="module")
def trl_losses() -> dict:
    """TRL's own loss functions of CPO, SimPO and ORPO, without the trainers around them."""
    from trl.experimental.cpo import CPOTrainer
    from trl.experimental.orpo import ORPOTrainer

    def trainer(**options) -> SimpleNamespace:
        device = torch.device("cpu")
        return SimpleNamespace(accelerator=SimpleNamespace(device=device), alpha=0.0, **options)

    def cpo(loss_type: str, o: PairOptions):
        options = {"beta": o.beta, "label_smoothing": o.label_smoothing}
        options |= {"loss_type": loss_type, "simpo_gamma": o.simpo_gamma}
        return lambda w, l: CPOTrainer.cpo_loss(trainer(**options), w, l)[0]

    def orpo(o: PairOptions):
        return lambda w, l: -ORPOTrainer.odds_ratio_loss(trainer(beta=o.beta), w, l)[0]

    return {"cpo": lambda o: cpo("sigmoid", o), "simpo": lambda o: cpo("simpo", o), "orpo": orpo}


@pytest.mark.parametrize("name", ["cpo", "simpo", "orpo"])
@pytest.mark.parametrize(("beta", "smoothing", "gamma"), [(0.1, 0.0, 0.5), (2.0, 0.3, 1.4)])
def test_siblings_equal_trl(
    trl_losses, name: str, beta: float, smoothing: float, gamma: float
) -> None:
    options = PairOptions(beta=beta, label_smoothing=smoothing, simpo_gamma=gamma)
    chosen, rejected = PAIRS.unbind(dim=1)
    log_w = chosen - preference_losses.START * TOKENS[0]
    log_l = rejected - preference_losses.START * TOKENS[1]
    mean_w, mean_l = log_w / TOKENS[0], log_l / TOKENS[1]
    sides = (log_w, log_l) if name == "cpo" else (mean_w, mean_l)
    theirs = trl_losses[name](options)(*sides)
    if name != "simpo":  # the likelihood term, which their loss functions leave to the caller
        theirs = theirs - mean_w
    ours = preference_losses.SIBLINGS[name](chosen, rejected, options, TOKENS)
    torch.testing.assert_close(ours, theirs, rtol=1e-6, atol=1e-6, check_dtype=False)


def test_kto_of_a_pair_is_half_of_apo_zero() -> None:
    options = PairOptions(beta=0.3)
    chosen, rejected = PAIRS.unbind(dim=1)
    kto = preference_losses.loss_of("kto")(chosen, rejected, options, TOKENS)
    apo_zero = preference_losses.loss_of("apo_zero")(chosen, rejected, options, TOKENS)
    torch.testing.assert_close(2 * kto, apo_zero)


def test_sft_starts_at_the_references_own_loss() -> None:
    zero = torch.zeros(1, dtype=torch.float64)
    assert (
        preference_losses.loss_of("sft")(zero, zero, PairOptions(), TOKENS).item()
        == preference_losses.START
    )


def test_unknown_loss_names_the_known_ones() -> None:
    with pytest.raises(KeyError, match=r"expected one of .*sigmoid.*orpo.*found 'sigmod'"):
        preference_losses.loss_of("sigmod")


def test_committed_vectors_are_fresh() -> None:
    committed = json.loads(vectors.FILE.read_text(encoding="utf-8"))
    assert_close(committed, vectors.sets())


def assert_close(committed, fresh) -> None:
    """Equal but for the last digits of numbers, which may differ between processors."""
    if isinstance(fresh, dict):
        assert committed.keys() == fresh.keys()
        for key, value in fresh.items():
            assert_close(committed[key], value)
    elif isinstance(fresh, list):
        for ours, theirs in zip(committed, fresh, strict=True):
            assert_close(ours, theirs)
    elif isinstance(fresh, float):
        assert committed == pytest.approx(fresh, rel=1e-8, abs=1e-8, nan_ok=True)
    else:
        assert committed == fresh


def test_check_refuses_stale_vectors(tmp_path, capsys) -> None:
    stale = tmp_path / "vectors.json"
    stale.write_text(vectors.render().replace("0.6931471806", "0.7"), encoding="utf-8")
    assert vectors.main(["--check", "--out", str(stale)]) == 1
    assert "run `python src/python/vectors.py`" in capsys.readouterr().err
