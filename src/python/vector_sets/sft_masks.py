"""Masks, labels, rows and batches for the explorer of masks and packing.

Everything comes from `distilled.sft`, which equals `SFTTrainer`, over a Hugging Face tokenizer that
cuts as the explorer's does: words with the space before them, single characters else, and three
special tokens. Ids are given in the order in which tokens are met, so they agree too.

Shape: `tokens_of` (texts and their tokens), and `cases`, each with `chats` (turns as role and
content), `form`, `join`, the options under TRL's names, and
  `vocabulary`  tokens by id
  `samples`     `input_ids`, `labels` and the masks that exist, before anything is cut
  `cut`         those cut to `max_length`, as `input_ids` and `labels`
  `padded`      the batch of those: `input_ids`, `labels`, `attention_mask`
  `flat`        the same without padding: `input_ids`, `labels`, `position_ids`
  `packed`      by strategy: `rows` and the `batch` of all rows
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from tokenizers import AddedToken, Regex, Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

from distilled.sft import (
    Row,
    SFTOptions,
    collate,
    collate_flat,
    pack,
    tokenize,
    truncate,
    with_end,
    with_labels,
)

PAD, END, START = "<|endoftext|>", "<|im_end|>", "<|im_start|>"
UNKNOWN = "<unknown>"  # for tokens that only a prompt alone has
PIECES = Regex(r" ?[\p{L}\p{M}\p{N}]+|[\s\S]")
# the marks of TRL's qwen2_5_training.jinja, without its own system prompt and tools
TEMPLATE = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message.role }}"
    "{% if message.role == 'assistant' %}"
    "{% generation %}{{ '\n' + message.content + '<|im_end|>\n' }}{% endgeneration %}"
    "{% else %}{{ '\n' + message.content + '<|im_end|>\n' }}{% endif %}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
STRATEGIES = ("bfd", "bfd_split", "wrapped")

SYSTEM, USER, ASSISTANT = "system", "user", "assistant"
Chat = Sequence[tuple[str, str]]
CAPITALS: Chat = (
    (SYSTEM, "Answer in one word."),
    (USER, "Capital of France?"),
    (ASSISTANT, "Paris"),
    (USER, "Of Italy?"),
    (ASSISTANT, "Rome"),
)
SUM: Chat = ((USER, "2 + 2?"), (ASSISTANT, "4"))
COLOUR: Chat = ((USER, "Name a colour."), (ASSISTANT, "Blue, like the sky\nand the sea."))
ODD: Chat = (
    (USER, "é ñ 水, <b>&amp;</b> 100%\ttab"),
    (ASSISTANT, f"  two  spaces, an{END}inside 😀"),
)
ENDED: Chat = ((USER, "stop"), (ASSISTANT, f"now{END}"))
MERGING: Chat = ((USER, "2 plus 2 is"), (ASSISTANT, "four"))
EMPTY: Chat = ((USER, ""), (ASSISTANT, ""))
CHATS = [CAPITALS, SUM, COLOUR]
TEXTS = (
    *("", "Paris is  big.", "a\n\nb", "snake_case x2 3.5", f"{START}user\nhi{END}", "<|im_end"),
    *("naïve e\u0301té", "水 は", "😀!", " \u00a0x"),
)


def pieces_of(text: str) -> list[str]:
    """The tokens of a text, special ones first, as the tokenizers library cuts it."""
    split = pre_tokenizers.Split(PIECES, "isolated")
    found = []
    for part in re.split(r"(<\|(?:endoftext|im_end|im_start)\|>)", text):
        if part in (PAD, END, START):
            found.append(part)
        elif part:
            found += [piece for piece, _ in split.pre_tokenize_str(part)]
    return found


def tokenizer_for(texts: Sequence[str]) -> PreTrainedTokenizerFast:
    """A tokenizer that knows every token of these texts, in the order of their appearance."""
    vocabulary = {token: i for i, token in enumerate((PAD, END, START))}
    for piece in (piece for text in texts for piece in pieces_of(text)):
        vocabulary.setdefault(piece, len(vocabulary))
    vocabulary[UNKNOWN] = len(vocabulary)
    backend = Tokenizer(models.WordLevel(vocabulary, unk_token=UNKNOWN))
    backend.pre_tokenizer = pre_tokenizers.Split(PIECES, "isolated")
    backend.add_special_tokens([AddedToken(t, special=True) for t in (PAD, END, START)])
    return PreTrainedTokenizerFast(
        tokenizer_object=backend,
        pad_token=PAD,
        eos_token=END,
        unk_token=UNKNOWN,
        chat_template=TEMPLATE,
        model_max_length=4096,
        clean_up_tokenization_spaces=False,
    )


def example_of(chat: Chat, form: str, join: str) -> dict[str, Any]:
    """A conversation as a row of a data set of that form."""
    turns = [{"role": role, "content": content} for role, content in chat]
    lines = ["\n".join(content for _, content in part) for part in (chat, chat[:-1], chat[-1:])]
    separator = "\n" if join == "newline" else ""
    return {
        "messages": {"messages": turns},
        "chat-completion": {"prompt": turns[:-1], "completion": turns[-1:]},
        "completion": {"prompt": lines[1] + separator, "completion": lines[2]},
        "text": {"text": lines[0]},
    }[form]


def text_of(example: dict[str, Any], plain: PreTrainedTokenizerFast) -> str:
    """What an example is as one text, the end that a trainer puts behind plain text included."""
    if "text" in example:
        return with_end(example["text"], plain)
    if "messages" in example or not isinstance(example["prompt"], str):
        turns = example.get("messages") or example["prompt"] + example["completion"]
        return plain.apply_chat_template(turns, tokenize=False)
    return example["prompt"] + with_end(example["completion"], plain)


def examples_and_tokenizer(
    chats: Sequence[Chat], form: str, join: str
) -> tuple[list[dict[str, Any]], PreTrainedTokenizerFast]:
    """The rows of the data set, and a tokenizer that knows their tokens."""
    examples = [example_of(chat, form, join) for chat in chats]
    plain = tokenizer_for([])
    return examples, tokenizer_for([text_of(example, plain) for example in examples])


def case(
    chats: Sequence[Chat], form: str, max_length: int, *, join: str = "newline", **options: Any
) -> dict[str, Any]:
    """Everything from the row of a data set to the batch."""
    examples, words = examples_and_tokenizer(chats, form, join)
    chosen = SFTOptions(max_length=max_length, **options)
    encoded = [tokenize(example, words, chosen) for example in examples]
    rows = [with_labels(row, chosen) for row in encoded]
    cut = truncate(rows, max_length)
    return {
        "chats": [[list(turn) for turn in chat] for chat in chats],
        "form": form,
        "join": join,
        "completion_only_loss": chosen.completion_only_loss,
        "assistant_only_loss": chosen.assistant_only_loss,
        "max_length": max_length,
        "vocabulary": sorted(words.get_vocab(), key=words.get_vocab().get)[:-1],
        "samples": [{**e, "labels": row["labels"]} for e, row in zip(encoded, rows, strict=True)],
        "cut": cut,
        "padded": listed(collate(cut, words.pad_token_id, chosen)) if cut else None,
        "flat": listed(collate_flat(cut)) if cut else None,
        "packed": {name: packed(rows, words.pad_token_id, chosen, name) for name in STRATEGIES},
    }


def packed(rows: Sequence[Row], pad_id: int, options: SFTOptions, strategy: str) -> dict[str, Any]:
    """The packed rows and the batch of them all."""
    chosen = SFTOptions(**{**vars(options), "packing": True, "packing_strategy": strategy})
    found = pack(rows, chosen)
    return {"rows": found, "batch": listed(collate(found, pad_id, chosen))}


def listed(batch: dict) -> dict[str, list]:
    """Tensors as lists."""
    return {name: tensor.tolist() for name, tensor in batch.items()}


def vectors() -> dict[str, Any]:
    """What `content/distilled/vectors.json` holds under `sft_masks`."""
    chat = ("messages", "chat-completion")
    return {
        "template": TEMPLATE,
        "tokens_of": [[text, pieces_of(text)] for text in TEXTS],
        "cases": [
            *(case(CHATS, form, 64) for form in (*chat, "completion", "text")),
            *(case(CHATS, form, 16, assistant_only_loss=True) for form in chat),
            case(CHATS, "chat-completion", 64, completion_only_loss=False),
            case(
                CHATS, "chat-completion", 11, completion_only_loss=False, assistant_only_loss=True
            ),
            case(CHATS, "completion", 7, completion_only_loss=False),
            case(CHATS, "messages", 9, completion_only_loss=True),
            case([MERGING, SUM, COLOUR], "completion", 5, join="nothing"),
            case([ODD, ENDED, EMPTY], "completion", 6),
            case([ODD, ENDED, EMPTY], "text", 13),
            case([ODD, ENDED, EMPTY], "messages", 13, assistant_only_loss=True),
            case([ODD, ENDED, EMPTY], "chat-completion", 12),
            case([SUM, COLOUR, SUM, CAPITALS, SUM, ENDED], "messages", 24),
            case([SUM, SUM], "completion", 1),
        ],
    }
