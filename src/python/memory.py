"""What PyTorch holds for tiny models: `memory-measurements.json`, for the estimator's tests.

    python src/python/memory.py            # measure and write
    python src/python/memory.py --check    # measure and compare, write nothing

Every case names settings of the estimator (`src/memory`) and what was measured, in bytes:
`parameters` (counted by transformers), `kept` (tensors that autograd saves), `stored` (weights,
gradients, optimiser states), `cache` (keys and values), `peaks` (two steps of a real trainer).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import torch

from digest import content_dir

sys.path.insert(0, str(content_dir() / "example-scripts"))

import lab
from memory_kept import cache_case, kept_case, parameters, stored_case
from memory_peaks import peak_case

torch.set_num_threads(1)
FILE = content_dir() / "memory-measurements.json"
# Peaks repeat to a few hundred bytes: loggers and schedulers allocate too.
PEAK_TOLERANCE = 1e-3


def shape(family: str, layers: int, hidden: int, heads: tuple[int, int, int], **more) -> dict:
    """A shape in the estimator's names; heads: (queries, keys, width of one)."""
    queries, keys, width = heads
    return {"family": family, "layers": layers, "hidden": hidden, "heads": queries,
            "kvHeads": keys, "headDim": width, **more}  # fmt: skip


ODD = {"intermediate": 160, "vocabulary": 100, "tied": True}
SHAPES = {
    "qwen2": shape("qwen2", 2, 48, (6, 2, 8), **ODD),
    "qwen3": shape("qwen3", 2, 48, (6, 2, 16), **ODD),
    "llama": shape("llama", 2, 48, (6, 3, 8), **ODD | {"tied": False}),
}
# As many columns as the lab's tokenizer has tokens; wide enough that activations count.
TRAINED = shape("qwen2", 4, 128, (8, 2, 16), intermediate=512, vocabulary=64, tied=True)
WIDE_KEYS = TRAINED | {"kvHeads": 8}


def published() -> dict[str, dict[str, Any]]:
    """The presets of `src/memory/presets.ts`, which a test there compares with these rows."""
    rows = {
        "qwen2.5-0.5b": ("qwen2", 24, 896, (14, 2, 64), 4864, 151936, True),
        "qwen2.5-1.5b": ("qwen2", 28, 1536, (12, 2, 128), 8960, 151936, True),
        "qwen2.5-3b": ("qwen2", 36, 2048, (16, 2, 128), 11008, 151936, True),
        "qwen2.5-7b": ("qwen2", 28, 3584, (28, 4, 128), 18944, 152064, False),
        "qwen2.5-14b": ("qwen2", 48, 5120, (40, 8, 128), 13824, 152064, False),
        "qwen2.5-32b": ("qwen2", 64, 5120, (40, 8, 128), 27648, 152064, False),
        "qwen2.5-72b": ("qwen2", 80, 8192, (64, 8, 128), 29568, 152064, False),
        "qwen3-0.6b": ("qwen3", 28, 1024, (16, 8, 128), 3072, 151936, True),
        "qwen3-1.7b": ("qwen3", 28, 2048, (16, 8, 128), 6144, 151936, True),
        "qwen3-4b": ("qwen3", 36, 2560, (32, 8, 128), 9728, 151936, True),
        "qwen3-8b": ("qwen3", 36, 4096, (32, 8, 128), 12288, 151936, False),
        "qwen3-14b": ("qwen3", 40, 5120, (40, 8, 128), 17408, 151936, False),
        "qwen3-32b": ("qwen3", 64, 5120, (64, 8, 128), 25600, 151936, False),
        "llama-3.2-1b": ("llama", 16, 2048, (32, 8, 64), 8192, 128256, True),
        "llama-3.2-3b": ("llama", 28, 3072, (24, 8, 128), 8192, 128256, True),
        "llama-3.1-8b": ("llama", 32, 4096, (32, 8, 128), 14336, 128256, False),
        "llama-3.1-70b": ("llama", 80, 8192, (64, 8, 128), 28672, 128256, False),
    }
    return {
        name: shape(f, n, h, heads, intermediate=i, vocabulary=v, tied=tied)
        for name, (f, n, h, heads, i, v, tied) in rows.items()
    }


def parameter_cases() -> Iterator[dict]:
    """Every preset, as a language model and with a score on top."""
    for (name, each), head in product(published().items(), ("language", "score")):
        yield {"model": name, "shape": each, "head": head}


def kept_cases() -> Iterator[dict]:
    """Every precision and method for each family; attention and padding for one of them."""
    standard = {"rank": 4, "targets": "all-linear", "attention": "sdpa", "padded": True,
                "checkpointing": False, "rows": 3, "length": 11}  # fmt: skip
    dtypes = ("mixed", "bfloat16", "float32")
    for family, precision, method in product(SHAPES, dtypes, ("full", "lora")):
        case = {"shape": SHAPES[family], "precision": precision, "method": method, **standard}
        yield case
        if family == "qwen3":
            yield case | {"checkpointing": True}
        if family == "qwen2":
            yield case | {"attention": "eager"}
            yield case | {"padded": False, "rows": 2, "length": 7}
            if method == "lora":
                yield case | {"targets": "q-v"}


def stored_cases() -> Iterator[dict]:
    """Weights, gradients and states after one step."""
    standard = {"rank": 4, "targets": "all-linear", "attention": "sdpa", "checkpointing": False}
    for family, precision, method, optimiser in product(
        SHAPES, ("mixed", "bfloat16"), ("full", "lora"), ("adamw", "sgd")
    ):
        yield {"shape": SHAPES[family], "precision": precision, "method": method,
               "optimiser": optimiser, **standard}  # fmt: skip


def cache_cases() -> Iterator[dict]:
    """Keys and values under each precision."""
    standard = {"method": "full", "attention": "sdpa", "checkpointing": False}
    sizes = {"rows": 3, "prompt": 5, "completion": 6}
    for family, precision in product(SHAPES, ("mixed", "bfloat16", "float32")):
        yield {"shape": SHAPES[family], "precision": precision, **standard, **sizes}


def peak_cases() -> Iterator[dict]:
    """Real trainers: answers of 128 letters, or 64 sampled tokens."""
    standard = {"shape": TRAINED, "precision": "mixed", "method": "full", "rank": 8, "batch": 8,
                "accumulation": 1, "checkpointing": False, "letters": 128, "completion": 64,
                "group": 4, "penalty": False}  # fmt: skip
    for settings in (
        {"trainer": "sft"},
        {"trainer": "sft", "checkpointing": True},
        {"trainer": "sft", "accumulation": 2},
        {"trainer": "sft", "method": "lora"},
        {"trainer": "sft", "precision": "float32", "letters": 32},
        {"trainer": "sft", "precision": "bfloat16"},
        {"trainer": "reward"},
        {"trainer": "reward", "checkpointing": True},
        {"trainer": "reward", "precision": "float32", "accumulation": 2},
        {"trainer": "reward", "precision": "bfloat16"},
        {"trainer": "dpo"},
        {"trainer": "dpo", "method": "lora"},
        {"trainer": "orpo"},
        {"trainer": "cpo"},
        {"trainer": "cpo", "shape": TRAINED | {"vocabulary": 2000}, "letters": 64},
        {"trainer": "kto"},
        {"trainer": "grpo", "accumulation": 2},
        {"trainer": "grpo", "accumulation": 2, "penalty": True},
        # Few rows train, many are sampled: the keys and values are the fullest.
        {"trainer": "grpo", "batch": 2, "accumulation": 32, "completion": 192, "shape": WIDE_KEYS},
        {"trainer": "rloo", "accumulation": 2, "penalty": True},
    ):
        yield standard | settings


def ppo_cases() -> Iterator[dict]:
    """PPO of TRL 1.12.0, where logits weigh most; the fullest moment is training or sampling."""
    logits = TRAINED | {"layers": 2, "hidden": 64, "heads": 4, "intermediate": 128,
                        "vocabulary": 4000}  # fmt: skip
    standard = {"trainer": "ppo", "shape": logits, "precision": "float32", "method": "full",
                "rank": 8, "batch": 8, "accumulation": 1, "checkpointing": False, "group": 4,
                "penalty": True}  # fmt: skip
    for precision, sizes in product(
        ("float32", "bfloat16"), ((1, 16, 32), (2, 64, 16), (4, 64, 16), (4, 8, 64))
    ):
        mini, prompt, completion = sizes
        more = {"miniBatches": mini, "prompt": prompt, "completion": completion}
        yield standard | {"precision": precision} | more


def measure_ppo(cases: list[dict]) -> list[dict]:
    """What `memory_ppo.py` measures under TRL 1.12.0, in a process of its own."""
    tools = Path(__file__).parent
    command = [sys.executable, str(tools / "with_trl.py"), "1.12.0", str(tools / "memory_ppo.py")]
    run = subprocess.run(
        [*command, json.dumps(cases)], check=True, stdout=subprocess.PIPE, text=True
    )
    return json.loads(run.stdout.strip().splitlines()[-1])


def measure() -> dict[str, list[dict]]:
    """All cases with what was measured."""
    tokenizer = lab.make_tokenizer()
    tokenizer.model_max_length = 1024
    ppo = list(ppo_cases())
    return {
        "parameters": [c | {"count": parameters(c["shape"], c["head"])} for c in parameter_cases()],
        "kept": [case | {"bytes": kept_case(case)} for case in kept_cases()],
        "stored": [case | {"bytes": stored_case(case)} for case in stored_cases()],
        "cache": [case | {"bytes": cache_case(case)} for case in cache_cases()],
        "peaks": [case | {"bytes": peak_case(case, tokenizer)} for case in peak_cases()]
        + [case | {"bytes": size} for case, size in zip(ppo, measure_ppo(ppo), strict=True)],
    }


def render(measured: dict[str, list[dict]]) -> str:
    """One case a line."""
    lines = lambda cases: ",\n  ".join(map(json.dumps, cases))  # noqa: E731
    sets = (f'"{name}": [\n  {lines(cases)}\n]' for name, cases in measured.items())
    return "{\n" + ",\n".join(sets) + "\n}\n"


def differences(old: dict[str, list[dict]], new: dict[str, list[dict]]) -> list[str]:
    """Where two measurements differ: peaks by more than their tolerance, all else at all."""
    found = []
    for name in new:
        if len(old.get(name, [])) != len(new[name]):
            found.append(f"{name}: {len(old.get(name, []))} cases, measured {len(new[name])}")
            continue
        for before, now in zip(old[name], new[name], strict=True):
            if name == "peaks" and before | {"bytes": 0} == now | {"bytes": 0}:
                a, b = before["bytes"]["peak"], now["bytes"]["peak"]
                same = abs(a - b) <= PEAK_TOLERANCE * b
            else:
                same = before == now
            if not same:
                found.append(f"{name}: {before}, measured {now}")
    return found


def main(arguments: list[str] | None = None) -> int:
    """Writes the file, or with --check says whether it is fresh; 0 when all is well."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare only")
    options = parser.parse_args(arguments)
    measured = measure()
    if options.check:
        known = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
        found = differences(known, measured)
        print("\n".join(found) or f"{FILE.name} is fresh")
        return int(bool(found))
    FILE.write_text(render(measured), encoding="utf-8")
    print(f"{FILE.name}: {sum(map(len, measured.values()))} cases")
    return 0


if __name__ == "__main__":
    sys.exit(main())
