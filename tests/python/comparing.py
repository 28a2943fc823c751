"""What comparisons of distilled code with a trainer share: quiet arguments, models, gradients."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM

torch.set_num_threads(1)  # a second thread only waits at this size

# Arguments of any TRL config for a short, exact, silent run on a CPU.
QUIET = {
    "use_cpu": True,
    "bf16": False,
    "report_to": "none",
    "save_strategy": "no",
    "disable_tqdm": True,
    "gradient_checkpointing": False,
    "logging_steps": 1,
}


def load(folder: Path) -> Any:
    """A language model of its own from disk, in float32 and in training mode."""
    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).train()


def gradients(model: torch.nn.Module, loss: torch.Tensor) -> dict[str, torch.Tensor]:
    """The gradient of every parameter."""
    model.zero_grad()
    loss.backward()
    return {name: p.grad.clone() for name, p in model.named_parameters() if p.grad is not None}


def assert_same_gradients(
    ours: dict[str, torch.Tensor], theirs: dict[str, torch.Tensor], rtol: float = 1e-4
) -> None:
    """Every gradient agrees relatively, or to 1e-5 of the largest of all; and one is not zero."""
    assert ours.keys() == theirs.keys()
    largest = max(gradient.abs().max().item() for gradient in theirs.values())
    assert largest > 0
    for name, gradient in theirs.items():
        torch.testing.assert_close(
            ours[name], gradient, rtol=rtol, atol=1e-5 * largest, msg=lambda m, n=name: n + m
        )
