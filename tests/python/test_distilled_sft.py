"""The distilled SFT equals `SFTTrainer`: ids, labels, packed rows, tensors, loss, gradients, runs.

Both sides start from the same files on disk and work in float32. Loss and metrics agree to 1e-5,
gradients to 1e-4, relatively.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import torch
from datasets import Dataset
from trl import pack_dataset

from comparing import assert_same_gradients, gradients, load
from distilled.sft import SFTOptions, collate, pack, prepare, sft_loss, train_step
from tiny_sft import CHAT, DATA, as_config, batch_of, build_trainer, tokenizer, trainer_loss

pytestmark = pytest.mark.verifies(
    "sft/equality",
    kind="equality",
    title="Distilled SFT equals SFTTrainer",
    trainers=["sft"],
    entry=None,
    inputs=[
        "content/distilled/sft.py",
        "tests/python/comparing.py",
        "tests/python/tiny_model.py",
        "tests/python/tiny_sft.py",
    ],
)
# `chunked_nll` and label smoothing announce that they will go
pytestmark = [pytestmark, pytest.mark.filterwarnings("ignore::FutureWarning")]

ASSISTANT = {"assistant_only_loss": True}
ROWS = {  # how rows become a batch
    "padded": {},
    "short": {"max_length": 14},
    "bfd": {"packing": True, "max_length": 20},
    "bfd_split": {"packing": True, "packing_strategy": "bfd_split", "max_length": 14},
    "wrapped": {"packing": True, "packing_strategy": "wrapped", "max_length": 14},
    "padding-free": {"padding_free": True, "max_length": None},
}
LOSSES = {
    "nll": {},
    "dft": {"loss_type": "dft"},
    "chunked_nll": {"loss_type": "chunked_nll"},
    "smoothed": {"label_smoothing_factor": 0.1},
    "smoothed chunked_nll": {"loss_type": "chunked_nll", "label_smoothing_factor": 0.1},
    "smoothed dft": {"loss_type": "dft", "label_smoothing_factor": 0.1},
}


def cases() -> dict[str, tuple[str, dict]]:
    """(data, options) by name: all data in every kind of row, every mask, every loss."""
    found = {}
    for data in DATA:
        for name, rows in ROWS.items():
            found[f"{data}, {name}"] = (data, rows)
    for data in ("chat", "chat prompt-completion"):
        for name in ("padded", "bfd"):
            found[f"{data}, {name}, assistant only"] = (data, ROWS[name] | ASSISTANT)
    whole = {"completion_only_loss": False}
    for data in ("prompt-completion", "chat prompt-completion"):
        found[f"{data}, whole"] = (data, whole)
    found["chat prompt-completion, assistants of it all"] = (
        "chat prompt-completion",
        whole | ASSISTANT,
    )
    for name, loss in LOSSES.items():
        for data, rows in (("prompt-completion", "padded"), ("chat", "bfd"), ("text", "short")):
            found[f"{data}, {rows}, {name}"] = (data, ROWS[rows] | loss)
    return found


CASES = cases()


@pytest.fixture(scope="module", params=CASES.values(), ids=CASES.keys())
def both(request, policy: Path) -> dict:
    """One case on both sides: rows, batch, loss, metrics and gradients, (ours, theirs) each."""
    data, values = request.param
    options, words = SFTOptions(**values), tokenizer()
    trainer = build_trainer(policy, DATA[data], **as_config(options))
    rows = prepare(DATA[data], words, options)
    batch, their_batch = collate(rows, words.pad_token_id, options), batch_of(trainer)
    model = load(policy)
    loss, metrics = sft_loss(model, batch, options)
    their_loss, their_metrics = trainer_loss(trainer, their_batch)
    return {
        "rows": (rows, list(trainer.train_dataset)),
        "batch": (batch, their_batch),
        "loss": (loss.item(), their_loss.item()),
        "metrics": (metrics, their_metrics),
        "gradients": (gradients(model, loss), gradients(trainer.model, their_loss)),
    }


class TestOneBatch:
    """From text to the gradient, in every case."""

    def test_rows(self, both) -> None:
        ours, theirs = both["rows"]
        assert ours == [{name: row[name] for name in ours[0]} for row in theirs]

    def test_tensors(self, both) -> None:
        ours, theirs = both["batch"]
        for name, tensor in ours.items():
            assert torch.equal(tensor, theirs[name]), name
        # the rest tells FlashAttention and short convolutions what position_ids say
        rest = theirs.keys() - ours.keys()
        assert rest <= {"cu_seq_lens_q", "cu_seq_lens_k", "max_length_q", "max_length_k", "seq_idx"}

    def test_loss(self, both) -> None:
        ours, theirs = both["loss"]
        assert ours == pytest.approx(theirs, rel=1e-5)

    def test_metrics(self, both) -> None:
        ours, theirs = both["metrics"]
        assert ours == pytest.approx(theirs, rel=1e-5)

    def test_gradients(self, both) -> None:
        assert_same_gradients(*both["gradients"])


@pytest.mark.parametrize("strategy", ["bfd", "bfd_split", "wrapped"])
@pytest.mark.parametrize("length", [1, 5, 16, 33])
def test_packing_of_many_random_rows(strategy: str, length: int) -> None:
    source = random.Random(length)
    rows = []
    for _ in range(300):  # a row without a token among them
        ids = [source.randrange(100) for _ in range(source.randrange(0, 40))]
        rows.append(
            {"input_ids": ids, "labels": [i if source.random() < 0.5 else -100 for i in ids]}
        )
    packed = pack_dataset(Dataset.from_list(rows), length, strategy)
    options = SFTOptions(packing=True, packing_strategy=strategy, max_length=length)
    ours = pack(rows, options)
    assert ours == [{name: row[name] for name in ours[0]} for row in packed]


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("accumulate", [1, 3])
def test_a_real_run(loss: str, accumulate: int, policy: Path) -> None:
    """Three steps of `trainer.train()`, options given to `SFTConfig`: same log, same weights.

    The micro-batches hold one row each, and rows have different numbers of tokens with loss.
    """
    options = SFTOptions(**LOSSES[loss])
    rows = CHAT if accumulate == 3 else CHAT[:1]
    sgd = {"optim": "sgd", "learning_rate": 0.05, "lr_scheduler_type": "constant", "max_steps": 3}
    trainer = build_trainer(
        policy,
        rows,
        **as_config(options),
        **sgd,
        per_device_train_batch_size=1,
        gradient_accumulation_steps=accumulate,
    )
    trainer.train()

    model, words = load(policy), tokenizer()
    prepared = prepare(rows, words, options)
    batches = [collate([row], words.pad_token_id, options) for row in prepared]
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    for step in range(3):
        logged = trainer.state.log_history[step]
        ours = train_step(model, batches, optimizer, options)
        ours["num_tokens"] *= step + 1
        assert ours == pytest.approx({name: logged[name] for name in ours}, rel=1e-3), step
    for name, parameter in trainer.model.named_parameters():
        torch.testing.assert_close(model.get_parameter(name), parameter, rtol=1e-4, atol=1e-5)
