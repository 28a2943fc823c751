"""The distilled RLOO equals `RLOOTrainer`: tensors, scores, advantages, loss, metrics, gradients.

Both sides get the same completions; the trainer's sampling alone is replaced. Both start from the
same files on disk and work in float32. Numbers agree to 1e-5, gradients to 1e-4, relatively.
Longer than 250 lines because every option that shapes the loss is a case.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from comparing import assert_same_gradients, gradients, load
from distilled.rloo import (
    RLOOOptions,
    decode,
    length_metrics,
    micro_batches,
    rloo_loss,
    score,
    score_model,
    tokenize,
    train_on,
    until_end,
)
from tiny_model import save_tiny_model
from tiny_rloo import (
    CONVERSATIONAL,
    DATA,
    STANDARD,
    batch_of,
    build_trainer,
    hinted,
    ids_of,
    letters,
    loss_of_trainer,
    moved,
    scored_by_trainer,
    scores_of,
    seldom,
)

pytestmark = pytest.mark.verifies(
    "rloo/equality",
    kind="equality",
    title="Distilled RLOO equals RLOOTrainer",
    trainers=["rloo"],
    entry=None,
    inputs=[
        "content/distilled/rloo.py",
        "tests/python/comparing.py",
        "tests/python/tiny_model.py",
        "tests/python/tiny_rloo.py",
    ],
)

BOTH = (letters, hinted)
# name: data, reward functions, options; the number of completions a prompt is among the options
CASES = {
    "defaults": ("standard", (letters,), {"num_generations": 2}),
    "conversations": ("conversational", (letters,), {"num_generations": 2}),
    "G = 3": ("standard", (letters,), {"num_generations": 3}),
    "G = 4": ("conversational", BOTH, {}),
    "beta = 0": ("standard", (letters,), {"beta": 0.0}),
    "beta = 1": ("standard", (letters,), {"beta": 1.0}),
    "two rewards, one with None": ("standard", BOTH, {}),
    "weights": ("standard", BOTH, {"reward_weights": [2.0, -0.5]}),
    "prompts without any reward": ("standard", (seldom,), {}),
    "prompts without any, normalised": ("standard", (seldom,), {"normalize_advantages": True}),
    "normalised": ("standard", BOTH, {"normalize_advantages": True}),
    "rewards clipped": ("standard", BOTH, {"reward_clip_range": (0.6, 1.2)}),
    "truncated out": ("standard", BOTH, {"mask_truncated_completions": True}),
    "temperature": ("standard", (letters,), {"temperature": 0.7}),
    "narrow": ("standard", BOTH, {"epsilon": 0.02}),
    "asymmetric": ("standard", BOTH, {"epsilon": 0.02, "epsilon_high": 0.5}),
    "all together": (
        "conversational",
        BOTH,
        {
            "beta": 0.3,
            "temperature": 1.3,
            "reward_weights": [0.5, 2.0],
            "reward_clip_range": (0.2, 2.0),
            "normalize_advantages": True,
            "mask_truncated_completions": True,
            "epsilon": 0.05,
            "epsilon_high": 0.1,
        },
    ),
}


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def case(request, policy: Path, reference: Path) -> dict:
    """One case on both sides, on the policy that sampled and on one that has moved since."""
    data, functions, values = request.param
    rows, options = DATA[data], RLOOOptions(**{"num_generations": 4, **values})
    group = options.num_generations
    trainer_values = {name: value for name, value in values.items() if name != "num_generations"}
    trainer = build_trainer(
        policy, reference, rows, list(functions), group, max_completion_length=99, **trainer_values
    )
    theirs, their_metrics = scored_by_trainer(trainer, rows)

    tokenizer, model = trainer.processing_class, load(policy)
    completions = ids_of(tokenizer, group)
    scores = scores_of(rows, completions, functions, tokenizer, group)
    batch, prompts = batch_of(rows, completions, tokenizer, options)
    names = [function.__name__ for function in functions]
    ours, metrics = score(model, load(reference), batch, scores, options, names)
    ids = [tokenizer.eos_token_id], tokenizer.pad_token_id
    metrics |= length_metrics(prompts, completions, *ids)

    losses = {}
    for share in (0.0, 0.1):
        for side in (trainer.model, model):
            moved(side, reference, share)
        loss, of_loss = rloo_loss(model, ours, options)
        their_loss, of_their_loss = loss_of_trainer(trainer, theirs)
        both = gradients(model, loss), gradients(trainer.model, their_loss)
        losses[share] = (loss.item(), their_loss.item()), (of_loss, of_their_loss), both
    return {"batch": (ours, theirs), "metrics": (metrics, their_metrics), "losses": losses}


class TestScoring:
    """From completions to advantages, in every case."""

    def test_batch(self, case) -> None:
        ours, theirs = case["batch"]
        assert ours.keys() == theirs.keys()
        for name, tensor in ours.items():
            torch.testing.assert_close(tensor, theirs[name], rtol=1e-5, atol=1e-6, msg=name)

    def test_metrics(self, case) -> None:
        ours, theirs = case["metrics"]
        assert ours == pytest.approx(theirs, rel=1e-5, abs=1e-6, nan_ok=True)

    def test_a_case_teaches_something(self, case) -> None:
        ours, _ = case["batch"]
        assert ours["advantages"].abs().max() > 0.01


class TestLoss:
    """From advantages to the gradient, at the sampling policy and away from it."""

    @pytest.mark.parametrize("share", [0.0, 0.1])
    def test_loss(self, case, share: float) -> None:
        ours, theirs = case["losses"][share][0]
        assert ours == pytest.approx(theirs, rel=1e-5, abs=1e-6)

    @pytest.mark.parametrize("share", [0.0, 0.1])
    def test_metrics(self, case, share: float) -> None:
        ours, theirs = case["losses"][share][1]
        assert ours == pytest.approx(theirs, rel=1e-5, abs=1e-6)

    @pytest.mark.parametrize("share", [0.0, 0.1])
    def test_gradients(self, case, share: float) -> None:
        assert_same_gradients(*case["losses"][share][2])


def test_the_cases_clip_on_both_sides(policy: Path, reference: Path) -> None:
    """Or the comparison of the clipped loss would compare nothing."""
    trainer = build_trainer(policy, reference, reward_funcs=list(BOTH), epsilon=0.02)
    batch, _ = scored_by_trainer(trainer)
    moved(trainer.model, reference, 0.1)
    _, metrics = loss_of_trainer(trainer, batch)
    assert metrics["clip_ratio/low_mean"] > 0 and metrics["clip_ratio/high_mean"] > 0
    assert metrics["clip_ratio/region_mean"] < 1


@pytest.mark.parametrize("rows", DATA.values(), ids=DATA)
def test_token_ids(rows, policy: Path) -> None:
    trainer = build_trainer(policy, rows=rows)
    prompts = [row["prompt"] for row in rows]
    theirs, _, _ = trainer._tokenize_prompts(prompts)
    assert tokenize(prompts, trainer.processing_class) == theirs


def test_a_completion_ends_with_its_first_end_token(policy: Path) -> None:
    """Against what the trainer's own sampling makes of ids that a model has written."""
    trainer = build_trainer(policy, max_completion_length=5)
    del trainer._generate_single_turn  # the real one again
    end, pad = trainer.processing_class.eos_token_id, trainer.processing_class.pad_token_id
    written = torch.tensor([[7, end, 8, end, pad], [7, 8, 9, 7, 8], [end, pad, pad, pad, pad]])
    prompts = [[10], [11, 12], [13]]

    def generate(input_ids, **kwargs):
        return torch.cat([input_ids, written], dim=1)

    trainer.model.generate = generate
    theirs = trainer._generate_single_turn(prompts, None, {})
    assert [until_end(row, [end]) for row in written.tolist()] == theirs


@pytest.mark.parametrize("rows", DATA.values(), ids=DATA)
def test_a_reward_model(rows, policy: Path, tmp_path: Path) -> None:
    """A sequence classifier, with a tokenizer that pads left on its own."""
    folder = save_tiny_model(tmp_path, seed=3)
    torch.manual_seed(0)
    model = AutoModelForSequenceClassification.from_pretrained(folder, num_labels=1)
    tokenizer = AutoTokenizer.from_pretrained(folder, padding_side="left")
    trainer = build_trainer(
        policy, rows=rows, reward_funcs=model, reward_processing_classes=tokenizer
    )
    inputs = [row for row in rows for _ in range(4)]
    prompts = [row["prompt"] for row in inputs]
    completions = ids_of(tokenizer, 4)
    texts = decode(completions, prompts, tokenizer)
    theirs = trainer._calculate_rewards(inputs, prompts, texts, completions)
    ours = score_model(model, tokenizer, prompts, texts)
    torch.testing.assert_close(ours, theirs[:, 0], rtol=1e-5, atol=1e-6)
    assert ours.std() > 0


RUNS = {
    "one step a generation": {},
    "two micro-batches a step": {"gradient_accumulation_steps": 2},
    "two passes": {"num_iterations": 2},
    "two steps a generation, two passes, two micro-batches a step": {
        "steps_per_generation": 4,
        "gradient_accumulation_steps": 2,
        "num_iterations": 2,
    },
}


@pytest.mark.parametrize("values", RUNS.values(), ids=RUNS)
@pytest.mark.parametrize("rows", [STANDARD, CONVERSATIONAL], ids=list(DATA))
def test_a_real_run(rows, values: dict, policy: Path, reference: Path) -> None:
    """Three steps and more of `trainer.train()`: same log, same weights. Before each generation
    both sides seed the generator that shuffles the batch."""
    accumulation = values.get("gradient_accumulation_steps", 1)
    parts = values.get("steps_per_generation", accumulation)
    options = RLOOOptions(
        num_generations=4,
        steps_per_generation=parts,
        num_iterations=values.get("num_iterations", 1),
    )
    steps = max(3, parts // accumulation * options.num_iterations * 2)
    generations = []

    def completions() -> list[list[int]]:
        torch.manual_seed(len(generations))
        generations.append(ids_of(trainer.processing_class, 4))
        return generations[-1]

    trainer = build_trainer(
        policy,
        reference,
        rows,
        list(BOTH),
        completions=completions,
        per_device_train_batch_size=12 // parts,
        optim="sgd",
        learning_rate=0.05,
        lr_scheduler_type="constant",
        max_steps=steps,
        **values,
    )
    trainer.train()

    model, frozen = load(policy), load(reference)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    ours = []
    for i, ids in enumerate(generations):
        scores = scores_of(rows, ids, BOTH, trainer.processing_class, 4)
        batch, _ = batch_of(rows, ids, trainer.processing_class, options)
        torch.manual_seed(i)
        batch, metrics = score(model, frozen, batch, scores, options, ["letters", "hinted"])
        of_steps = train_on(model, batch, optimizer, options, accumulation)
        ours += [of_steps[0] | metrics, *of_steps[1:]]
    assert len(ours) >= steps
    for step in range(steps):
        theirs = {name: trainer.state.log_history[step].get(name) for name in ours[step]}
        assert ours[step] == pytest.approx(theirs, rel=1e-3, abs=1e-5), step
    for name, parameter in trainer.model.named_parameters():
        torch.testing.assert_close(model.get_parameter(name), parameter, rtol=1e-4, atol=1e-5)


def test_micro_batches(policy: Path, reference: Path) -> None:
    """The trainer shuffles across groups before it cuts: micro-batches mix prompts."""
    trainer = build_trainer(
        policy, reference, steps_per_generation=3, per_device_train_batch_size=4
    )
    inputs = [row for row in STANDARD for _ in range(4)]
    batch, _ = scored_by_trainer(trainer)
    trainer.model.train()
    torch.manual_seed(5)
    trainer._prepare_inputs(inputs)
    torch.manual_seed(5)
    ours = micro_batches(batch, RLOOOptions(num_generations=4, steps_per_generation=3))
    for part, theirs in zip(ours, trainer._buffered_inputs, strict=True):
        for name, tensor in part.items():
            torch.testing.assert_close(tensor, theirs[name], rtol=1e-5, atol=1e-6, msg=name)
