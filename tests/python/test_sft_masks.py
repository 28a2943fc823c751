"""What the explorer of masks and packing is tested against is what `SFTTrainer` itself makes."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
from datasets import Dataset
from trl import pack_dataset

from distilled.sft import Row, SFTOptions
from tiny_sft import as_config, batch_of, build_trainer
from vector_sets import sft_masks

CASES = sft_masks.vectors()["cases"]
IDS = [f"{i} {case['form']}, {case['max_length']}" for i, case in enumerate(CASES)]
MODES = {
    "cut": {},
    "bfd": {"packing": True},
    "bfd_split": {"packing": True, "packing_strategy": "bfd_split"},
    "wrapped": {"packing": True, "packing_strategy": "wrapped"},
}


def chats_of(case: dict) -> list:
    return [[tuple(turn) for turn in chat] for chat in case["chats"]]


def trainer_for(case: dict, policy: Path, **mode):
    """The real trainer on the case's rows, with the case's tokenizer."""
    examples, words = sft_masks.examples_and_tokenizer(chats_of(case), case["form"], case["join"])
    names = ("completion_only_loss", "assistant_only_loss", "max_length")
    options = SFTOptions(**{name: case[name] for name in names}, **mode)
    return build_trainer(policy, examples, processing_class=words, **as_config(options))


# where nothing is left after the cut, there is no batch
WITH_ROWS = [
    pytest.param(case, mode, id=f"{name}, {mode}")
    for name, case in zip(IDS, CASES, strict=True)
    for mode in MODES
    if mode != "cut" or case["cut"]
]


@pytest.mark.parametrize(("case", "mode"), WITH_ROWS)
def test_rows_and_batches_equal_the_trainers(case: dict, mode: str, policy: Path) -> None:
    trainer = trainer_for(case, policy, **MODES[mode])
    expected = case if mode == "cut" else case["packed"][mode]
    rows, batch = (expected["cut" if mode == "cut" else "rows"], batch_of(trainer))
    assert rows == [{name: row[name] for name in rows[0]} for row in trainer.train_dataset]
    expected_batch = expected["padded" if mode == "cut" else "batch"]
    assert expected_batch == {name: batch[name].tolist() for name in expected_batch}


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_packed_rows_equal_pack_dataset(case: dict) -> None:
    rows: list[Row] = [
        {name: row[name] for name in ("input_ids", "labels")} for row in case["samples"]
    ]
    for strategy, expected in case["packed"].items():
        packed = pack_dataset(Dataset.from_list(rows), case["max_length"], strategy)
        names = expected["rows"][0]
        assert expected["rows"] == [{name: row[name] for name in names} for row in packed]


def test_padding_free_refuses_to_cut(policy: Path) -> None:
    """Why the explorer says so beside the batch without padding."""
    case = CASES[0]
    with pytest.raises(ValueError, match="max_length"):
        examples, words = sft_masks.examples_and_tokenizer(chats_of(case), case["form"], "newline")
        build_trainer(policy, examples, words, padding_free=True, max_length=64)
    trainer = build_trainer(policy, examples, words, padding_free=True, max_length=None)
    assert case["flat"] == {name: batch_of(trainer)[name].tolist() for name in case["flat"]}


@pytest.mark.parametrize("form", ["completion", "text"])
def test_assistants_of_plain_text_are_refused(form: str, policy: Path) -> None:
    examples, words = sft_masks.examples_and_tokenizer([sft_masks.SUM], form, "newline")
    with pytest.raises(ValueError, match="not conversational"):
        build_trainer(policy, examples, words, assistant_only_loss=True)


def test_a_conversation_without_assistant_is_refused(policy: Path) -> None:
    examples, words = sft_masks.examples_and_tokenizer([(("user", "2 + 2?"),)], "messages", "")
    with pytest.raises(RuntimeError, match="no assistant"):
        build_trainer(policy, examples, words, assistant_only_loss=True)


def test_packing_needs_a_length(policy: Path) -> None:
    examples, words = sft_masks.examples_and_tokenizer([sft_masks.SUM], "messages", "")
    with pytest.raises(ValueError, match="max_length"):
        build_trainer(policy, examples, words, packing=True, max_length=None)


def test_the_template_marks_what_trls_training_template_marks() -> None:
    theirs = resources.files("trl").joinpath("chat_templates/qwen2_5_training.jinja")
    chat = [{"role": role, "content": content} for role, content in sft_masks.CAPITALS]
    words = sft_masks.tokenizer_for(
        [sft_masks.text_of({"messages": chat}, sft_masks.tokenizer_for([]))]
    )
    encoded = [
        words.apply_chat_template(
            chat, chat_template=template, return_dict=True, return_assistant_tokens_mask=True
        )
        for template in (sft_masks.TEMPLATE, theirs.read_text(encoding="utf-8"))
    ]
    assert dict(encoded[0]) == dict(encoded[1])
    assert 1 in encoded[0]["assistant_masks"]
    prompts = [
        words.apply_chat_template(chat[:-1], chat_template=template, add_generation_prompt=True)
        for template in (sft_masks.TEMPLATE, theirs.read_text(encoding="utf-8"))
    ]
    assert list(prompts[0]["input_ids"]) == list(prompts[1]["input_ids"])
