"""A language model small enough to compare to the last digit: Qwen2, random, saved to disk.

The tokenizer merges letters (so that token borders can shift), has a pad token other than its end
token, and a chat template that ends every message with the end token.
"""

from __future__ import annotations

from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM

PAD, END = "<pad>", "<end>"
CHAT_TEMPLATE = (
    "{% for message in messages %}<{{ message['role'] }}>{{ message['content'] }}<end>{% endfor %}"
    "{% if add_generation_prompt %}<assistant>{% endif %}"
)
CORPUS = [
    "the sky is blue and the sea is green",
    "what colour is the sky what colour is the sea",
    "is it blue it is blue it is green it is not",
]


def tiny_tokenizer() -> PreTrainedTokenizerFast:
    """Byte-level BPE, about 300 tokens, trained on three sentences."""
    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bpe.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=320,
        special_tokens=[PAD, END, "<system>", "<user>", "<assistant>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    bpe.train_from_iterator(CORPUS, trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=bpe,
        pad_token=PAD,
        eos_token=END,
        chat_template=CHAT_TEMPLATE,
        model_max_length=512,
    )


def tiny_model(tokenizer: PreTrainedTokenizerFast, seed: int, spread: float) -> Qwen2ForCausalLM:
    """A random Qwen2 of 2 layers; `spread` is the standard deviation of its weights.

    The usual 0.02 makes every token about equally likely, so that masks and sorts could be wrong
    without showing; a larger spread gives log-probabilities that differ.
    """
    torch.manual_seed(seed)
    config = Qwen2Config(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        initializer_range=spread,
        tie_word_embeddings=False,
        pad_token_id=tokenizer.pad_token_id,
        eos_token_id=tokenizer.eos_token_id,
    )
    return Qwen2ForCausalLM(config)


def read_corpus(model: Qwen2ForCausalLM, tokenizer: PreTrainedTokenizerFast, steps: int) -> None:
    """Some steps of language modelling, so that the model predicts a few tokens right."""
    batch = tokenizer(CORPUS, padding=True, return_tensors="pt")
    labels = batch["input_ids"].masked_fill(batch["attention_mask"] == 0, -100)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
    for _ in range(steps):
        optimizer.zero_grad()
        model(
            input_ids=batch["input_ids"], attention_mask=batch["attention_mask"], labels=labels
        ).loss.backward()
        optimizer.step()


def save_tiny_model(folder: Path, seed: int, spread: float = 0.2, steps: int = 0) -> Path:
    """Saves model and tokenizer as TRL loads them by path; returns the folder."""
    tokenizer = tiny_tokenizer()
    model = tiny_model(tokenizer, seed, spread)
    read_corpus(model, tokenizer, steps)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
