"""What DPO's pages say of its recorded runs, beyond what the script asserts itself."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from digest import content_dir
from recorded import Recorded

sys.path.insert(0, str(content_dir() / "example-scripts"))

import lab

dpo = Recorded("dpo_training")
OVER = ".bug-over-optimisation"


def end(name: str, variant: str = "") -> float:
    """The mean of the last five recorded values, as the guide's table shows it."""
    return sum(dpo.series(name, variant)[-5:]) / 5


def test_both_judges_lead_to_the_preferred_order_within_30_steps() -> None:
    for variant in ("", ".bug-over-optimisation"):
        points = dpo.record(variant)["series"]["ascending_share"]
        assert dict(points)[30] > 0.85


def test_then_the_shares_stay_or_are_lost() -> None:
    assert min(dpo.series("ascending_share")[3:]) > 0.85
    assert dpo.results(".bug-over-optimisation")["ascending_after"] < 0.55


def test_loss_accuracy_and_margin_praise_the_judge_who_never_errs() -> None:
    assert end("loss", OVER) < 0.01 < end("loss")
    assert end("rewards/accuracies", OVER) == 1.0 > end("rewards/accuracies")
    assert end("rewards/margins", OVER) == pytest.approx(9.5, abs=0.05)


def test_entropy_and_the_chosen_reward_give_over_optimisation_away() -> None:
    """Each turns on the way, which no series of the good run does to this extent."""
    entropy, chosen = dpo.series("entropy", OVER), dpo.series("rewards/chosen", OVER)
    assert entropy[0] == pytest.approx(0.18, abs=0.005)
    assert min(entropy) == pytest.approx(0.11, abs=0.005)
    assert end("entropy", OVER) == pytest.approx(0.28, abs=0.005)
    assert end("entropy") == pytest.approx(0.12, abs=0.005)
    assert dict(dpo.record(OVER)["series"]["rewards/chosen"])[25] == max(chosen)
    assert max(chosen) == pytest.approx(0.38, abs=0.005)
    assert end("rewards/chosen", OVER) == pytest.approx(-0.25, abs=0.005)
    assert end("rewards/chosen") == pytest.approx(0.01, abs=0.005)
    assert end("mean_token_accuracy", OVER) == pytest.approx(0.92, abs=0.005)
    assert end("mean_token_accuracy") == pytest.approx(0.97, abs=0.005)


def test_the_healthy_numbers_of_the_metric_table() -> None:
    loss, chosen = dpo.series("loss"), dpo.series("rewards/chosen")
    assert loss[0] == pytest.approx(0.693, abs=1e-3)
    assert dpo.results()["eval_loss_after"] == pytest.approx(0.35, abs=0.005)
    assert (min(chosen), max(chosen)) == pytest.approx((-0.24, 0.29), abs=0.005)
    assert end("rewards/rejected") == pytest.approx(-1.7, abs=0.05)
    assert end("rewards/margins") == pytest.approx(1.7, abs=0.05)
    assert dpo.results()["eval_accuracy_after"] == pytest.approx(0.9, abs=0.01)
    assert dpo.series("logps/chosen")[0] == pytest.approx(-0.86, abs=0.005)
    assert end("logps/chosen") == pytest.approx(-0.77, abs=0.01)
    assert end("logps/rejected") == pytest.approx(-4.3, abs=0.05)
    assert dpo.series("entropy")[0] == pytest.approx(0.18, abs=0.005)
    assert dpo.series("mean_token_accuracy")[0] == pytest.approx(0.91, abs=0.005)


def test_the_bad_numbers_of_the_metric_table() -> None:
    bad = ".bug-both-fall"
    assert end("rewards/chosen", bad) == pytest.approx(-4, abs=0.05)
    assert end("entropy", bad) == pytest.approx(0.74, abs=0.005)
    assert end("mean_token_accuracy", bad) == pytest.approx(0.68, abs=0.005)


def test_ipo_stops_at_its_target_and_keeps_what_was_learnt() -> None:
    """1/2β = 1 nat for each of six tokens, times β = 0.5."""
    assert dpo.results(".ipo")["eval_margin_after"] == pytest.approx(3, abs=0.1)
    assert dpo.results(".ipo")["ascending_after"] > 0.9


def test_accuracies_can_not_tell_the_high_rate_from_the_good_one() -> None:
    good, bad = dpo.results(), dpo.results(".bug-both-fall")
    assert bad["eval_accuracy_after"] == pytest.approx(good["eval_accuracy_after"], abs=0.01)


def test_entropy_and_token_accuracy_give_the_high_rate_away() -> None:
    bad = ".bug-both-fall"
    assert dpo.series("entropy", bad)[-1] > dpo.series("entropy", bad)[0]
    assert dpo.series("entropy")[-1] < dpo.series("entropy")[0]
    assert dpo.series("mean_token_accuracy", bad)[-1] < dpo.series("mean_token_accuracy", bad)[0]


def test_swapped_labels_log_what_good_ones_do() -> None:
    good, bad = dpo.results(), dpo.results(".bug-swapped")
    for name in ("eval_loss_after", "eval_accuracy_after", "eval_margin_after"):
        assert bad[name] == pytest.approx(good[name], abs=0.05)
    for name in ("rewards/chosen", "entropy", "mean_token_accuracy", "logps/chosen"):
        assert end(name, ".bug-swapped") == pytest.approx(end(name), abs=0.05)
    assert bad["descending_after"] == pytest.approx(good["ascending_after"], abs=0.05)


def test_a_wrong_reference_ends_as_the_right_one_does() -> None:
    wrong = dpo.results(".bug-wrong-reference")["ascending_after"]
    assert wrong == pytest.approx(dpo.results()["ascending_after"], abs=0.02)


def test_log_probs_without_the_shift_are_far_too_low(tmp_path: Path) -> None:
    """What the annotated page says of the lab's fine-tuned model, a token of a chosen answer."""
    folder = lab.warm_up(tmp_path / "warm", seed=0)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder).eval()
    right, unshifted = [], []
    for row in lab.preference(64, seed=1):
        text = tokenizer.apply_chat_template(row["prompt"] + row["chosen"], tokenize=False)
        ids = torch.tensor([tokenizer(text)["input_ids"]])
        with torch.no_grad():
            log_probs = model(ids).logits[0].log_softmax(-1)  # (T, V)
        answer = range(ids.shape[1] - 6, ids.shape[1])
        right += [log_probs[t - 1, ids[0, t]].item() for t in answer]
        unshifted += [log_probs[t, ids[0, t]].item() for t in answer]
    assert sum(right) / len(right) == pytest.approx(-0.14, abs=0.005)
    assert sum(unshifted) / len(unshifted) == pytest.approx(-8.2, abs=0.1)
