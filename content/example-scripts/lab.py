"""The lab: one synthetic world in which every script of this site runs on a CPU in seconds.

The task is to sort. A prompt is a word of five different letters; an answer is the same letters in
order. The corpus that the model is fine-tuned on answers half of the words in ascending order and
half in descending order, and nothing in a prompt says which is wanted. So the fine-tuned model can
sort, and does either, each about half of the time. Then a judge prefers ascending, and may err in
a given share of the pairs. That is what preference data is for: not to teach a skill, but to choose
among the things a model already does.

What makes it a laboratory: an answer can be checked (`ascending`, `position_reward`), everything
comes from a seed, one letter is one token, and held-out words never occur in training. Each trainer
gets the view of the data that it needs: language modelling, prompt-completion, preference pairs,
single answers with a label, prompts alone, steps with labels.
Longer than 250 lines: a reader downloads this one file beside a script.
"""

from __future__ import annotations

import json
import os
import random
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

os.environ.setdefault("HF_HUB_OFFLINE", "1")  # everything is made on the spot
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import torch
from datasets import Dataset, disable_progress_bars
from transformers import (
    PreTrainedModel,
    PrinterCallback,
    Qwen2Config,
    Qwen2ForCausalLM,
    Qwen2ForSequenceClassification,
    Qwen2ForTokenClassification,
    Qwen2Tokenizer,
    TrainerCallback,
    set_seed,
)
from transformers.utils.logging import disable_progress_bar

disable_progress_bars()  # they last a second here and bury what a script prints
disable_progress_bar()

# Matrices this small gain nothing from a second thread and lose much to waiting for it; one thread
# also makes a run repeat to the last digit.
torch.set_num_threads(1)

LETTERS = "abcdefghijklmnopqrst"
WORD_LENGTH = 5
PAD, END, USER, ASSISTANT = "<|pad|>", "<|end|>", "<|user|>", "<|assistant|>"

# Each turn ends with the end-of-sequence token; `generation` marks what an assistant says, which
# assistant-only losses need. A prompt is a prefix of the prompt with its answer.
CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{% if message.role == 'user' %}{{ '<|user|>' + message.content + '<|end|>' }}"
    "{% else %}{{ '<|assistant|>' }}"
    "{% generation %}{{ message.content + '<|end|>' }}{% endgeneration %}{% endif %}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}"
)

Turns = list[dict[str, str]]


# The model -----------------------------------------------------------------------------------


def make_tokenizer() -> Qwen2Tokenizer:
    """A tokenizer of 24 tokens: four special ones, then one for each letter. Anything else is
    dropped from a text. It is Qwen2's own class, without a merge, because `AutoTokenizer` would
    make that of it when it is loaded beside a Qwen2 model."""
    vocabulary = {token: i for i, token in enumerate([PAD, END, USER, ASSISTANT, *LETTERS])}
    tokenizer = Qwen2Tokenizer(
        vocab=vocabulary,
        merges=[],
        unk_token=PAD,  # or the class adds a token of its own
        pad_token=PAD,
        eos_token=END,
        additional_special_tokens=[USER, ASSISTANT],
        padding_side="left",
        model_max_length=64,
    )
    tokenizer.chat_template = CHAT_TEMPLATE
    return tokenizer


def make_model(
    tokenizer: Qwen2Tokenizer,
    seed: int = 0,
    head: Literal["language", "score", "steps"] = "language",
) -> PreTrainedModel:
    """A Qwen2 of two layers and width 64, freshly initialised.

    `head`: a language model, one score a sequence (reward and value models), or two classes a token
    (process reward models).
    """
    set_seed(seed)
    config = Qwen2Config(
        vocab_size=len(tokenizer),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=64,
        tie_word_embeddings=False,
        pad_token_id=tokenizer.pad_token_id,
        eos_token_id=tokenizer.eos_token_id,
        bos_token_id=None,
    )
    if head == "score":
        config.num_labels = 1
        return Qwen2ForSequenceClassification(config)
    if head == "steps":
        config.num_labels = 2
        return Qwen2ForTokenClassification(config)
    return Qwen2ForCausalLM(config)


def tiny_arguments(output_dir: str | Path, **overrides: Any) -> dict[str, Any]:
    """Arguments that any TRL config takes for a short, exact, quiet run on a CPU."""
    return {
        "output_dir": str(output_dir),
        "use_cpu": True,
        "bf16": False,
        "gradient_checkpointing": False,  # on by default in TRL; slower than it saves here
        "report_to": "none",
        "logging_steps": 1,
        "save_strategy": "no",
        "disable_tqdm": True,
        **overrides,
    }


def warm_up(directory: str | Path, steps: int = 400, seed: int = 0) -> Path:
    """Fine-tunes a fresh model on the corpus with `SFTTrainer`, saves model and tokenizer, returns
    the directory. About ten seconds on two cores. Loss falls from ln 24 = 3.18 to about 0.13,
    most of which is the coin flip between the two orders (ln 2 an answer)."""
    from trl import SFTConfig, SFTTrainer

    tokenizer = make_tokenizer()
    arguments = tiny_arguments(
        directory,
        max_steps=steps,
        per_device_train_batch_size=64,
        learning_rate=3e-3,
        lr_scheduler_type="cosine",
        warmup_steps=20,
        logging_steps=50,
        seed=seed,
    )
    trainer = SFTTrainer(
        model=make_model(tokenizer, seed),
        args=SFTConfig(**arguments),
        train_dataset=prompt_completion(8_000, seed=seed),
        processing_class=tokenizer,
    )
    trainer.remove_callback(PrinterCallback)
    trainer.train()
    trainer.save_model(str(directory))
    return Path(directory)


def train_reward_model(
    directory: str | Path,
    policy: str | Path,
    steps: int = 200,
    seed: int = 0,
    rejected: Literal["descending", "nearly", "mixed"] = "mixed",
) -> Path:
    """Trains a reward model with `RewardTrainer` on pairs in which ascending wins and the judge
    errs in one of ten, from the weights of `policy`; saves it with its tokenizer, returns the
    directory. It has never seen a wrong letter. Seconds on one core."""
    from trl import RewardConfig, RewardTrainer

    arguments = tiny_arguments(
        directory,
        max_steps=steps,
        per_device_train_batch_size=32,
        learning_rate=1e-3,
        lr_scheduler_type="cosine",
        warmup_steps=10,
        logging_steps=steps,
        seed=seed,
    )
    set_seed(seed)  # of the new head
    trainer = RewardTrainer(
        model=Qwen2ForSequenceClassification.from_pretrained(policy, num_labels=1),
        args=RewardConfig(**arguments),
        train_dataset=preference(4_000, seed=20, rejected=rejected, flipped=0.1),
        processing_class=Qwen2Tokenizer.from_pretrained(policy),
    )
    trainer.remove_callback(PrinterCallback)
    trainer.train()
    trainer.save_model(str(directory))
    return Path(directory)


# The task ------------------------------------------------------------------------------------


def make_words(count: int, seed: int, held_out: bool = False) -> list[str]:
    """`count` words. One word in five, chosen by its checksum, is held out and never trained on."""
    source, words = random.Random(seed), []
    while len(words) < count:
        word = "".join(source.sample(LETTERS, WORD_LENGTH))
        if (zlib.crc32(word.encode()) % 5 == 0) == held_out:
            words.append(word)
    return words


def ascending(word: str) -> str:
    """The answer that is preferred."""
    return "".join(sorted(word))


def descending(word: str) -> str:
    """The other answer of the corpus: right letters, other order."""
    return ascending(word)[::-1]


def nearly(word: str, position: int) -> str:
    """The ascending answer with two neighbours swapped: wrong, and almost the same text."""
    letters = list(ascending(word))
    letters[position : position + 2] = reversed(letters[position : position + 2])
    return "".join(letters)


def position_reward(word: str, answer: str) -> float:
    """Share of the five positions that hold the right letter of the ascending order, in [0, 1]."""
    right = sum(a == b for a, b in zip(answer, ascending(word), strict=False))
    return right / max(len(answer), WORD_LENGTH)


def user(word: str) -> Turns:
    """The prompt as a conversation."""
    return [{"role": "user", "content": word}]


def assistant(answer: str) -> Turns:
    """An answer as a conversation."""
    return [{"role": "assistant", "content": answer}]


# Views of the data -----------------------------------------------------------------------------


def corpus(count: int, seed: int) -> list[tuple[str, str]]:
    """(word, answer): ascending or descending by the toss of a coin."""
    coin = random.Random(seed + 1)
    return [
        (word, ascending(word) if coin.random() < 0.5 else descending(word))
        for word in make_words(count, seed)
    ]


def language_modeling(count: int, seed: int = 0) -> Dataset:
    """Column `messages`."""
    return Dataset.from_list([{"messages": user(w) + assistant(y)} for w, y in corpus(count, seed)])


def prompt_completion(count: int, seed: int = 0) -> Dataset:
    """Columns `prompt`, `completion`."""
    rows = [{"prompt": user(w), "completion": assistant(y)} for w, y in corpus(count, seed)]
    return Dataset.from_list(rows)


def preference(
    count: int,
    seed: int = 10,
    rejected: Literal["descending", "nearly", "mixed"] = "descending",
    flipped: float = 0.0,
    held_out: bool = False,
) -> Dataset:
    """Columns `prompt`, `chosen`, `rejected`. Ascending wins: against descending, against itself
    with its last two letters swapped (`nearly`), or, row by row in turn (`mixed`), against
    descending and against itself with two neighbours swapped anywhere. In a share `flipped` of the
    rows the judge erred: chosen and rejected are exchanged. The share is exact, so the best loss
    can be computed."""
    errors = set(random.Random(seed + 2).sample(range(count), round(flipped * count)))
    place = random.Random(seed + 4)
    rows = []
    for i, word in enumerate(make_words(count, seed, held_out)):
        other = descending(word)
        if rejected == "nearly":
            other = nearly(word, WORD_LENGTH - 2)
        elif rejected == "mixed" and i % 2:
            other = nearly(word, place.randrange(WORD_LENGTH - 1))
        sides = [assistant(ascending(word)), assistant(other)]
        if i in errors:
            sides.reverse()
        rows.append({"prompt": user(word), "chosen": sides[0], "rejected": sides[1]})
    return Dataset.from_list(rows)


def unpaired_preference(
    count: int,
    seed: int = 10,
    wanted: float = 0.5,
    flipped: float = 0.0,
    held_out: bool = False,
) -> Dataset:
    """Columns `prompt`, `completion`, `label`: one answer a word, ascending in a share `wanted` of
    the rows and descending in the rest. The label is true where the answer ascends; in a share
    `flipped` of the rows the judge erred. Both shares are exact."""
    source = random.Random(seed + 3)
    ascends = set(source.sample(range(count), round(wanted * count)))
    errors = set(source.sample(range(count), round(flipped * count)))
    rows = []
    for i, word in enumerate(make_words(count, seed, held_out)):
        answer = ascending(word) if i in ascends else descending(word)
        label = (i in ascends) != (i in errors)
        rows.append({"prompt": user(word), "completion": assistant(answer), "label": label})
    return Dataset.from_list(rows)


def prompt_only(count: int, seed: int = 10, held_out: bool = False) -> Dataset:
    """Columns `prompt` and `word`; a reward function receives `word` and can call
    `position_reward`."""
    words = make_words(count, seed, held_out)
    return Dataset.from_list([{"prompt": user(w), "word": w} for w in words])


def stepwise(count: int, seed: int = 10) -> Dataset:
    """Columns `prompt`, `completions`, `labels`: each letter of the answer is a step, true where it
    stands right in the ascending order."""
    return Dataset.from_list(
        [
            {
                "prompt": w,
                "completions": list(y),
                "labels": [a == b for a, b in zip(y, ascending(w), strict=True)],
            }
            for w, y in corpus(count, seed)
        ]
    )


# Evaluation ------------------------------------------------------------------------------------


@torch.no_grad()
def sample(
    model: PreTrainedModel,
    tokenizer: Qwen2Tokenizer,
    words: Sequence[str],
    greedy: bool = False,
    seed: int = 0,
) -> list[str]:
    """One answer a word, cut at the end token; sampled at temperature 1 unless `greedy`."""
    was_training = model.training
    model.eval()
    inputs = tokenizer.apply_chat_template(
        [user(word) for word in words],
        add_generation_prompt=True,
        return_dict=True,
        return_tensors="pt",
        padding=True,
    ).to(model.device)
    with torch.random.fork_rng():  # a look at the model must not change its training
        torch.manual_seed(seed)
        ids = model.generate(**inputs, max_new_tokens=WORD_LENGTH + 2, do_sample=not greedy)
    model.train(was_training)
    return tokenizer.batch_decode(ids[:, inputs["input_ids"].shape[1] :], skip_special_tokens=True)


def evaluate(words: Sequence[str], answers: Sequence[str]) -> dict[str, float]:
    """Shares of answers that ascend, that descend and that do neither, and the mean reward."""
    n = len(words)
    up = sum(y == ascending(w) for w, y in zip(words, answers, strict=True)) / n
    down = sum(y == descending(w) for w, y in zip(words, answers, strict=True)) / n
    reward = sum(position_reward(w, y) for w, y in zip(words, answers, strict=True)) / n
    return {"ascending": up, "descending": down, "neither": 1 - up - down, "reward": reward}


def win_rate(words: Sequence[str], answers: Sequence[str], others: Sequence[str]) -> float:
    """Share of words on which an answer earns more reward than the other; a tie counts half."""
    wins = 0.0
    for word, answer, other in zip(words, answers, others, strict=True):
        a, b = position_reward(word, answer), position_reward(word, other)
        wins += 1.0 if a > b else 0.5 if a == b else 0.0
    return wins / len(words)


class SampledShares(TrainerCallback):
    """Counts the orders of a policy's own answers to `words`, before the first step and every
    `every` steps; `seen` holds (step, shares). `answer` gives the answers of a model to words."""

    def __init__(
        self,
        answer: Callable[[PreTrainedModel, Sequence[str]], Sequence[str]],
        words: Sequence[str],
        every: int = 10,
    ) -> None:
        self.answer, self.words, self.every = answer, words, every
        self.seen: list[tuple[int, dict[str, float]]] = []

    def look(self, step: int, model: PreTrainedModel) -> None:
        """Samples now."""
        self.seen.append((step, evaluate(self.words, self.answer(model, self.words))))

    def on_train_begin(self, args, state, control, model=None, **kwargs):
        self.look(0, model)

    def on_step_end(self, args, state, control, model=None, **kwargs):
        if state.global_step % self.every == 0:
            self.look(state.global_step, model)

    def series(self) -> dict[str, list[list[float]]]:
        """By name of a share, points of step and value: what a record holds."""
        names = ("ascending", "descending", "neither")
        return {f"{n}_share": [[step, shares[n]] for step, shares in self.seen] for n in names}


def write_record(
    file: Path,
    log: Sequence[dict[str, Any]],
    results: dict[str, float],
    samples: Sequence[dict[str, str]],
    seed: int,
    series: dict[str, list[list[float]]] | None = None,
) -> None:
    """Writes what a run did as JSON: every metric of `log` that is a number as a series over steps,
    and further `series`; the pages show it."""
    logged: dict[str, list[list[float]]] = {}
    for entry in log:
        for name, value in entry.items():
            if name not in ("step", "epoch") and isinstance(value, int | float):
                logged.setdefault(name, []).append([entry["step"], value])
    record = {"seed": seed, "series": logged | (series or {})}
    file.write_text(json.dumps(record | {"results": results, "samples": list(samples)}))
