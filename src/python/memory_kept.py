"""What PyTorch keeps for tiny models on the CPU: weights, gradients, states, saved tensors."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import torch
from peft import LoraConfig, get_peft_model
from transformers import (
    AutoModelForCausalLM,
    AutoModelForSequenceClassification,
    LlamaConfig,
    PreTrainedModel,
    Qwen2Config,
    Qwen3Config,
)

CONFIGS = {"qwen2": Qwen2Config, "qwen3": Qwen3Config, "llama": LlamaConfig}
ATTENTION_TARGETS = ["q_proj", "v_proj"]

# The estimator's names of a shape, on the left, and transformers'.
FIELDS = {
    "layers": "num_hidden_layers",
    "hidden": "hidden_size",
    "heads": "num_attention_heads",
    "kvHeads": "num_key_value_heads",
    "intermediate": "intermediate_size",
    "vocabulary": "vocab_size",
    "tied": "tie_word_embeddings",
}


def config_of(shape: dict[str, Any], **more: Any) -> Any:
    """The transformers config of one of the estimator's shapes."""
    head_dim = {} if shape["family"] == "qwen2" else {"head_dim": shape["headDim"]}
    fields = {FIELDS[name]: shape[name] for name in FIELDS}
    return CONFIGS[shape["family"]](**fields, **head_dim, **more)


def parameters(shape: dict[str, Any], head: str) -> int:
    """Counts a model's parameters without making them: on the meta device."""
    kind = AutoModelForCausalLM if head == "language" else AutoModelForSequenceClassification
    labels = {} if head == "language" else {"num_labels": 1}
    with torch.device("meta"):
        model = kind.from_config(config_of(shape, **labels))
    return sum(p.numel() for p in model.parameters())


def dtype_of(precision: str) -> torch.dtype:
    """What the weights are loaded in."""
    return torch.bfloat16 if precision == "bfloat16" else torch.float32


def autocast(precision: str) -> contextlib.AbstractContextManager:
    """The context in which accelerate runs a model under `bf16=True`, on the CPU."""
    if precision == "float32":
        return contextlib.nullcontext()
    return torch.autocast("cpu", dtype=torch.bfloat16)


def make_model(case: dict[str, Any], layers: int | None = None) -> PreTrainedModel:
    """A random model of a case's shape, with adapters and checkpointing as TRL sets them up."""
    torch.manual_seed(0)
    shape = case["shape"] | ({"layers": layers} if layers else {})
    config = config_of(shape, attn_implementation=case["attention"])
    model = AutoModelForCausalLM.from_config(config, dtype=dtype_of(case["precision"])).train()
    if case["method"] == "lora":
        targets = "all-linear" if case["targets"] == "all-linear" else ATTENTION_TARGETS
        lora = LoraConfig(r=case["rank"], target_modules=targets, task_type="CAUSAL_LM")
        model = get_peft_model(model, lora)
        model.enable_input_require_grads()
    if case["checkpointing"]:
        model.gradient_checkpointing_enable()
    return model


@contextlib.contextmanager
def saved_tensors(model: torch.nn.Module) -> Iterator[dict[int, tuple[torch.Tensor, int]]]:
    """Every storage that autograd saves inside the block, weights left out: (tensor, bytes)."""
    own = {p.untyped_storage().data_ptr() for p in model.parameters()}
    seen: dict[int, tuple[torch.Tensor, int]] = {}

    def pack(tensor: torch.Tensor) -> torch.Tensor:
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in own:
            seen[storage.data_ptr()] = (tensor, storage.nbytes())
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        yield seen


def kept(case: dict[str, Any], layers: int) -> tuple[int, int]:
    """Bytes that a forward pass of the backbone keeps: (activations, casts of weights)."""
    model = make_model(case, layers)
    rows, length = case["rows"], case["length"]
    ids = torch.randint(0, case["shape"]["vocabulary"], (rows, length))
    mask = torch.ones_like(ids)
    if case["padded"]:
        mask[0, :2] = 0
    base = model.get_base_model() if case["method"] == "lora" else model
    weights = {tuple(p.shape) for p in model.parameters() if p.dim() == 2}
    transposed = {shape[::-1] for shape in weights}
    with saved_tensors(model) as seen, autocast(case["precision"]):
        out = base.model(input_ids=ids, attention_mask=mask, use_cache=False).last_hidden_state
    casts = sum(
        size
        for tensor, size in seen.values()
        if tensor.dtype == torch.bfloat16 and tuple(tensor.shape) in weights | transposed
    )
    total = sum(size for _, size in seen.values())
    assert out.requires_grad
    return total - casts, casts


def kept_case(case: dict[str, Any]) -> dict[str, int]:
    """A layer's share, by the difference between models of three layers and of two."""
    (three, three_casts), (two, two_casts) = kept(case, 3), kept(case, 2)
    layer, casts = three - two, three_casts - two_casts
    return {"layer": layer, "casts": casts, "rest": two - 2 * layer}


def stored_case(case: dict[str, Any]) -> dict[str, int]:
    """Bytes of weights, gradients and optimiser states after one real step."""
    model = make_model(case)
    ids = torch.randint(0, case["shape"]["vocabulary"], (2, 8))
    with autocast(case["precision"]):
        model(input_ids=ids, labels=ids).loss.backward()
    trained = [p for p in model.parameters() if p.requires_grad]
    kind = torch.optim.SGD if case["optimiser"] == "sgd" else torch.optim.AdamW
    optimiser = kind(trained, lr=1e-3)
    optimiser.step()
    states = [t for state in optimiser.state.values() for t in state.values() if torch.is_tensor(t)]
    size = lambda tensors: sum(t.numel() * t.element_size() for t in tensors)  # noqa: E731
    return {
        "weights": size(model.parameters()),
        "gradients": size(p.grad for p in trained),
        "states": size(t for t in states if t.dim() > 0),
        "counters": size(t for t in states if t.dim() == 0),
        "tensors": len(trained),
    }


def cache_case(case: dict[str, Any]) -> dict[str, int]:
    """Bytes of the keys and values that `generate` leaves behind."""
    model = make_model(case).eval()
    ids = torch.randint(1, case["shape"]["vocabulary"], (case["rows"], case["prompt"]))
    new = case["completion"]
    with torch.no_grad(), autocast(case["precision"]):
        out = model.generate(
            ids, attention_mask=torch.ones_like(ids), max_new_tokens=new, min_new_tokens=new,
            return_dict_in_generate=True, do_sample=False, pad_token_id=0,
        )  # fmt: skip
    layers = out.past_key_values.layers
    return {"cache": sum(t.numel() * t.element_size() for x in layers for t in (x.keys, x.values))}
