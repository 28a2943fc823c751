# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "trl==1.16.0",
#   "transformers==5.23.0",
#   "torch==2.13.0",
#   "datasets==5.2.0",
#   "accelerate==1.15.0",
#   "tokenizers==0.23.3",
#   "peft==0.21.2",
# ]
#
# [tool.tutorial]
# title = "Fine-tune with SFT, and know what was learnt"
# question = "What does an SFT run look like when each step is checked, and when it goes wrong?"
# summary = """From random weights to a model that sorts: a complete SFT script, with asserts on \
#   the mask, the first loss and the best one, samples before and after, and failures on demand."""
# trainers = ["sft"]
# difficulty = 1
# prerequisites = [
#   "Python; having run a training script once",
#   "What the loss does: [supervised fine-tuning](/guides/supervised-fine-tuning/)",
# ]
# covers = [
#   "prompt-completion data and its mask",
#   "first loss of a random and of a trained model",
#   "what the loss can reach at best",
#   "evaluation by samples",
#   "reproduced failures",
#   "SFT as a way to express a preference",
#   "LoRA, packing and other recipes",
#   "save and reload",
# ]
# papers = ["2508.05629", "2404.10830"]
# next = ["trainers/sft", "guides/supervised-fine-tuning", "examples/dpo-training"]
# unchecked = [
#   "the default run, which downloads a model and wants a GPU: neither its time nor its memory",
#   "the flag --load-in-4bit, which needs CUDA",
# ]
# recipes = [
#   "--lora --warm-start",
#   "--packing --gradient-checkpointing",
#   "--assistant-only --accumulate 4",
# ]
#
# [[tool.tutorial.plots]]
# title = "From random weights: the loss falls to the coin flip, and samples follow"
# text = """The loss starts at ln 24 = 3.18 and ends a little above the floor of 0.116. By step \
#   40 it has halved, and no sample is right yet: that takes six right tokens in a row."""
# series = ["loss", "entropy", "ascending_share", "descending_share"]
# variants = ["plain"]
#
# [[tool.tutorial.plots]]
# title = "The end token without loss: the same curve, and hardly an answer that ends"
# text = """Loss, entropy and token accuracy come out a little worse, since an easy token is \
#   missing from the mean. Nobody would stop this run. Its samples hardly stop either."""
# series = ["loss", "mean_token_accuracy", "neither_share"]
# variants = ["plain", "bug-no-eos"]
#
# [[tool.tutorial.plots]]
# title = "Packed with `wrapped`: as many tokens a step, and half of the answers wrong"
# text = """Rows of 64 tokens hold parts of five or six samples, cut where the row ends, and each \
#   token sees the samples in front of its own."""
# series = ["loss", "neither_share"]
# variants = ["plain", "bug-wrapped"]
#
# [[tool.tutorial.plots]]
# title = "From the warm model: ascending answers only, and DFT on both orders"
# text = """Fine-tuned on ascending answers, the model gives those. Under `dft` it sees both \
#   orders equally often and still settles on one for each word: its entropy goes to 0."""
# series = ["loss", "entropy", "ascending_share", "descending_share"]
# variants = ["chosen", "dft"]
#
# [tool.tutorial.bugs]
# no-eos = """The template leaves the end token outside of what carries loss. The curve looks \
#   good; hardly an answer ends."""
# loss-on-prompt = """The prompt carries loss too. The loss stays above 1.1 for ever, since nobody \
#   can predict random letters; sorting is learnt all the same, and less well."""
# wrong-template = """Trained with one template, asked with another. Every metric is that of the \
#   good run; hardly a sample is right."""
# wrapped = """Packing that ignores the borders of samples. As many tokens a step; the loss ends \
#   four times too high."""
# all-masked = "A length that cuts every answer off. Loss exactly 0 from the first step on."
#
# [tool.tutorial.variants]
# chosen = ["--warm-start", "--answers", "ascending"]
# dft = ["--warm-start", "--loss-type", "dft"]
#
# [tool.tutorial.hardware]
# "Default run" = "Time and memory not measured."
# ///
# Longer than 250 lines: it is a page too, prose, checks and exercises included.

# %% [markdown]
# You train a model on prompts and answers with `SFTTrainer`, and check at each step what can be
# checked: which tokens carry loss, the first loss, how far it can fall at all, and what the model
# *says* before and after.
#
# This is the first rung of the ladder: from random weights to a model that can do something. All
# other scripts of this site start from its result. With `--tiny` it runs on a CPU, without a
# network, in a world made on the spot. A prompt is a word of five letters, an answer the same
# letters in order. Half of the answers ascend and half descend, and nothing in a prompt tells
# which. So there are two things to learn: to sort, and that both orders are equally common.
#
# ```bash
# # the run on this page
# uv run sft_training.py --tiny
# # going wrong
# uv run sft_training.py --tiny --bug no-eos
# # a real model; wants a GPU
# uv run sft_training.py
# ```
#
# `--tiny` needs `lab.py` in the same folder.

# %%
import argparse
import math
import tempfile
from pathlib import Path

BUGS = ["no-eos", "loss-on-prompt", "wrong-template", "wrapped", "all-masked"]
parser = argparse.ArgumentParser(description="SFT with TRL, checked at every step.")
parser.add_argument("--tiny", action="store_true", help="the synthetic world, on a CPU")
parser.add_argument("--bug", choices=BUGS, help="goes wrong in one way; needs --tiny")
parser.add_argument("--model", default="Qwen/Qwen2.5-0.5B")
parser.add_argument("--dataset", default="trl-lib/Capybara")
parser.add_argument("--answers", choices=["both", "ascending"], default="both", help="with --tiny")
parser.add_argument("--loss-type", choices=["nll", "dft"], default="nll")
parser.add_argument("--learning-rate", type=float, help="default: see the settings below")
parser.add_argument("--max-steps", type=int, help="default: see the settings below, else an epoch")
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--accumulate", type=int, default=1, help="micro-batches a step")
parser.add_argument("--packing", action="store_true")
parser.add_argument("--assistant-only", action="store_true", help="a mask by the template")
parser.add_argument("--gradient-checkpointing", action="store_true")
parser.add_argument("--lora", action="store_true")
parser.add_argument("--load-in-4bit", action="store_true", help="CUDA only; needs bitsandbytes")
parser.add_argument(
    "--warm-start", type=Path, nargs="?", const=Path(), help="from a folder, or by lab.warm_up"
)
parser.add_argument("--output-dir", type=Path, help="default: a temporary folder")
parser.add_argument("--metrics", type=Path, help="with --tiny: write what the run did as JSON")
args, _ = parser.parse_known_args()  # a notebook passes arguments of its own
if args.bug and not args.tiny:
    parser.error("--bug needs --tiny: the failures are measured in the synthetic world")
if (args.metrics or args.warm_start) and not args.tiny:
    parser.error("--metrics and --warm-start need --tiny")
if args.load_in_4bit and (args.tiny or not args.lora):
    parser.error("--load-in-4bit needs --lora and CUDA: weights of 4 bits can't be trained")

# %% [markdown]
# ## The model
#
# The tiny model has two layers, 24 tokens, and random weights. `--warm-start` begins from a model
# that sorts already. The real run takes a *base* model. Its template ends a turn with a token that
# is not its end token, so the trainer is told: `SFTConfig.eos_token` sets it in tokenizer and
# model, and generation will stop there.

# %%
output_dir = args.output_dir or Path(tempfile.mkdtemp(prefix="sft-"))
if args.tiny:
    import lab

    if args.warm_start is None:
        tokenizer = lab.make_tokenizer()
        model_path = str(output_dir / "random")
        lab.make_model(tokenizer, args.seed).save_pretrained(model_path)
        tokenizer.save_pretrained(model_path)
    elif args.warm_start == Path():
        model_path = str(lab.warm_up(output_dir / "warm", seed=args.seed))
    else:
        model_path = str(args.warm_start)
else:
    model_path = args.model

from transformers import AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained(model_path)
if args.bug == "no-eos":  # the same text, with the end token outside of the marked part
    marked = "{{ message.content + '<|end|>' }}{% endgeneration %}"
    assert marked in tokenizer.chat_template
    tokenizer.chat_template = tokenizer.chat_template.replace(
        marked, "{{ message.content }}{% endgeneration %}{{ '<|end|>' }}"
    )

# %% [markdown]
# ## The data
#
# Two columns, `prompt` and `completion`, each a conversation. With these names the loss falls on
# the completion alone, and nobody has to say so. The real set has one column, `messages`; there
# the option `SFTConfig.assistant_only_loss` picks the assistant's turns.

# %%
from datasets import Dataset, load_dataset

if args.tiny:

    def rows(words: list[str]) -> Dataset:
        """Ascending answers, or by turns ascending and descending ones."""
        answers = [lab.ascending(word) for word in words]
        if args.answers == "both":
            answers[1::2] = [lab.descending(word) for word in words[1::2]]
        pairs = zip(words, answers, strict=True)
        return Dataset.from_list(
            [{"prompt": lab.user(word), "completion": lab.assistant(y)} for word, y in pairs]
        )

    if args.answers == "both":  # each order by the toss of a coin
        train_dataset = lab.prompt_completion(8_000, seed=args.seed)
    else:  # the words of the preference data
        train_dataset = rows(lab.make_words(4_000, seed=10))
    eval_dataset = rows(lab.make_words(500, seed=11, held_out=True))
    assert {"prompt", "completion"} <= set(train_dataset.column_names)
else:
    data = load_dataset(args.dataset)
    train_dataset, eval_dataset = data["train"], data["test"].select(range(200))

for column in train_dataset.column_names:
    print(f"{column:10s}", str(train_dataset[0][column])[:120])

# %% [markdown]
# ## The settings
#
# From random weights the tiny model takes 400 steps at 3e-3, the settings of `lab.warm_up`: the
# result is that model. From a warm start it takes 120 steps at 1e-4, with `dft` 140 at 3e-3. The
# real run keeps TRL's 2e-5, ten times that with LoRA.
#
# Recipes:
#
# - `--gradient-checkpointing` recomputes activations in the backward pass: less memory, more time.
# - `--packing` fills rows to their full length with whole samples, so that no padding is computed.
# - `--accumulate` splits a step into micro-batches. The loss is a mean over the tokens of the whole
#   step, so the result stays as it is.
# - `--lora` trains small matrices beside the frozen weights; `--load-in-4bit` stores those in 4
#   bits, and needs CUDA.

# %%
from trl import SFTConfig

steps, learning_rate, batch = (400, 3e-3, 64) if args.tiny else (-1, 2e-5, 8)
if args.warm_start is not None:
    steps, learning_rate, batch = (140, 3e-3, 64) if args.loss_type == "dft" else (120, 1e-4, 32)
if args.lora:
    learning_rate *= 10

settings = {
    "output_dir": str(output_dir),
    "learning_rate": args.learning_rate or learning_rate,
    "max_steps": args.max_steps or steps,
    "per_device_train_batch_size": batch // args.accumulate,
    "gradient_accumulation_steps": args.accumulate,
    "packing": args.packing,
    "eval_packing": False,
    "assistant_only_loss": args.assistant_only or not args.tiny,
    "loss_type": args.loss_type,
    "gradient_checkpointing": args.gradient_checkpointing,
    "seed": args.seed,
}
if args.tiny:
    settings = lab.tiny_arguments(**settings | {"per_device_eval_batch_size": 100})
    settings["gradient_checkpointing"] = args.gradient_checkpointing
    settings["max_length"] = 64
    if args.warm_start is None:
        settings |= {"lr_scheduler_type": "cosine", "warmup_steps": 20}
else:
    settings |= {"num_train_epochs": 1, "logging_first_step": True, "eos_token": "<|im_end|>"}
if args.packing and args.tiny:
    settings |= {"per_device_train_batch_size": batch // 4 // args.accumulate}  # four in a row

if args.bug == "no-eos":
    settings["assistant_only_loss"] = True
elif args.bug == "loss-on-prompt":
    settings["completion_only_loss"] = False
elif args.bug == "wrapped":  # as many tokens a step as 64 samples of 14 tokens
    settings |= {"packing": True, "packing_strategy": "wrapped", "per_device_train_batch_size": 14}
elif args.bug == "all-masked":  # eight tokens of prompt, and nothing behind them
    settings |= {"packing": True, "max_length": 8}
config = SFTConfig(**settings)

# %% [markdown]
# ## The trainer
#
# Give it the model's path and it loads float32 weights. The tokenizer's template is what training
# sees; whoever uses the model later has to use the same one.

# %%
from peft import LoraConfig
from transformers import BitsAndBytesConfig, PrinterCallback
from trl import SFTTrainer

four_bits = BitsAndBytesConfig(
    load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype="bfloat16"
)
trainer = SFTTrainer(
    model=model_path,
    args=config,
    train_dataset=train_dataset,
    eval_dataset=eval_dataset,
    processing_class=tokenizer,
    quantization_config=four_bits if args.load_in_4bit else None,
    peft_config=LoraConfig(r=16, target_modules="all-linear") if args.lora else None,
)
trainer.remove_callback(PrinterCallback)  # the log is read below instead of scrolling by

# %% [markdown]
# ## One batch
#
# This is the check that would have saved most failed runs: decode a row, and decode what of it
# carries loss. A label of −100 means none. The end token must be among the others, or the model
# never learns to stop; the prompt must not.


# %%
def paid_for(row: dict) -> str:
    """The text of the tokens that carry loss."""
    return tokenizer.decode([label for label in row["labels"] if label != -100])


row = trainer.train_dataset[0]
counted = sum(label != -100 for label in row["labels"])
print("sees    ", tokenizer.decode(row["input_ids"])[:300])
print("pays for", paid_for(row)[:300])
print(f"{counted} of {len(row['labels'])} tokens carry loss")
if args.bug == "all-masked":
    assert counted == 0
elif args.tiny and args.bug is None and not args.packing:
    assert paid_for(row) == train_dataset[0]["completion"][0]["content"] + tokenizer.eos_token
elif args.bug is None:
    assert tokenizer.eos_token in paid_for(row), "the end carries no loss: it never stops"

# %% [markdown]
# ## The first loss
#
# A model that knows nothing gives each of *V* tokens the probability 1/*V*, so its first loss is
# $\ln V$: $\ln24=3.18$ here. No model should start above that: one that does is worse than a die,
# and most likely its weights, its tokenizer or its embedding sizes don't belong together. A
# pretrained model starts at what its own probabilities say, so compute them by hand, without the
# trainer. And its [entropy](glossary:entropy) is a second witness: on text of the kind that a model
# would write itself, loss and entropy are nearly equal.

# %%
import torch
import torch.nn.functional as F


@torch.no_grad()
def by_hand(dataset: Dataset) -> float:
    """The loss on one batch from the logits alone."""
    batch = trainer._prepare_inputs(trainer.data_collator([dataset[i] for i in range(8)]))
    inputs = {name: tensor for name, tensor in batch.items() if name != "labels"}
    logits = trainer.model(**inputs).logits[:, :-1].float()  # (B, T-1, V)
    labels = batch["labels"][:, 1:]
    nll = F.cross_entropy(logits.flatten(0, 1), labels.flatten(), reduction="none")
    per_token = nll * nll.neg().exp() if args.loss_type == "dft" else nll
    return per_token.sum().item() / (labels != -100).sum().item()


vocabulary = trainer.model.get_input_embeddings().weight.shape[0]
if args.bug != "all-masked":  # there is nothing left to evaluate
    some = trainer.eval_dataset.select(range(8))
    before = trainer.evaluate(some)
    mine = by_hand(some)
    print(f"first loss {before['eval_loss']:.4f}, by hand {mine:.4f}, ", end="")
    print(f"ln V {math.log(vocabulary):.4f}, entropy {before['eval_entropy']:.4f}")
    assert abs(before["eval_loss"] - mine) < (1e-4 if args.tiny else 0.05) * max(mine, 1)
    assert mine < math.log(vocabulary) + 0.1, "worse than a die: is this the model's tokenizer?"
    if args.tiny and args.warm_start is None and args.loss_type == "nll":
        assert abs(mine - math.log(24)) < 0.1

# %% [markdown]
# ## The best loss
#
# How low may the loss go? The first letter of an answer tells its order, and the order is a coin
# flip: ln 2 nats that no model can save, once for each answer. All other tokens follow from the
# prompt and that letter. An answer has six tokens, so the floor is $\ln2/6=0.1155$ a token. A
# better loss on held-out words is impossible; in training it is memory.

# %%
floor = 0.0
if args.tiny and args.answers == "both":
    floor = math.log(2) / 6
    if args.bug == "loss-on-prompt":  # and five letters of a prompt, drawn without replacement
        letters = sum(math.log(len(lab.LETTERS) - i) for i in range(5))
        floor = (letters + math.log(2)) / 13  # of 14 tokens the first is never predicted
    print(f"floor {floor:.4f}")

# %% [markdown]
# ## What the model says before
#
# Loss is measured on given answers, each letter behind the right letters before it. What the model
# says *by itself* is another question. So sample, on held-out prompts, before, during and after.

# %%
asks = tokenizer
if (
    args.bug == "wrong-template"
):  # as a server with a template of its own does: no opening of a turn
    asks = AutoTokenizer.from_pretrained(model_path)
    asks.chat_template = "{% for message in messages %}{{ message.content }}{% endfor %}"

if args.tiny:
    prompts = lab.make_words(500, seed=99, held_out=True)
else:
    prompts = [row["messages"][:1] for row in eval_dataset.select(range(3))]


def say() -> list[str]:
    """The model's own answers to the prompts: sampled in the lab, the likeliest else."""
    if args.tiny:
        return lab.sample(trainer.model, asks, prompts)
    answers = []
    for messages in prompts:
        inputs = asks.apply_chat_template(
            messages, add_generation_prompt=True, return_dict=True, return_tensors="pt"
        ).to(trainer.model.device)
        with torch.no_grad():
            out = trainer.model.generate(**inputs, max_new_tokens=128, do_sample=False)
        new = out[0, inputs["input_ids"].shape[1] :]
        answers.append(asks.decode(new, skip_special_tokens=True))
    return answers


said_before = say()
for prompt, answer in list(zip(prompts, said_before, strict=True))[:3]:
    print(prompt if args.tiny else prompt[-1]["content"][:70], "→", answer[:70])

# %% [markdown]
# ## Train
#
# A callback samples every twenty steps and counts which order the answers have: ascending,
# descending, or neither.

# %%
if args.tiny:
    shares = lab.SampledShares(
        lambda model, words: lab.sample(model, asks, words), prompts, every=20
    )
    trainer.add_callback(shares)

trainer.train()

# %% [markdown]
# ## Read the log
#
# The loss falls to a little above its floor and stays there. `entropy` ends somewhat higher: the
# model is right more often than it believes. `mean_token_accuracy` counts the first
# letter too, which nobody can guess: right half of the time there and always elsewhere makes
# $5.5/6=0.917$. The means below are over the last twenty steps.

# %%
log = [entry for entry in trainer.state.log_history if "loss" in entry]
last = {key: sum(entry[key] for entry in log[-20:]) / len(log[-20:]) for key in log[-1]}
results = {}
if args.bug != "all-masked":
    after = trainer.evaluate()
    results = {"eval_loss_after": after["eval_loss"], "eval_entropy_after": after["eval_entropy"]}
print(f"{'':20s} {'first':>8s} {'last':>8s} {'held out':>8s}")
for key in ("loss", "entropy", "mean_token_accuracy"):
    held_out = after["eval_" + key] if results else math.nan
    print(f"{key:20s} {log[0][key]:8.3f} {last[key]:8.3f} {held_out:8.3f}")
for step, counts in shares.seen[:: 1 if len(shares.seen) < 12 else 4] if args.tiny else ():
    print(step, {name: round(share, 3) for name, share in counts.items()})

# %% [markdown]
# What this page promises, for the settings it was recorded with: the first loss is ln 24, and the
# held-out loss ends less than 0.05 above the floor, never below it.

# %%
own = (args.warm_start, args.answers, args.loss_type, args.learning_rate, args.max_steps)
own += (args.packing, args.assistant_only, args.accumulate, args.lora)
promised = args.tiny and own == (None, "both", "nll", None, None, False, False, 1, False)

if promised and args.bug is None:
    assert abs(log[0]["loss"] - math.log(24)) < 0.1
    assert 0 < results["eval_loss_after"] - floor < 0.05

# %% [markdown]
# ## What the model says after
#
# The floor of this page: of the held-out words more than 85 of 100 are answered by their letters in
# order, where none was before, and each order takes between a third and two thirds of the answers.
# `ended` counts the answers that stopped by themselves, `same_twice` the words that two samples
# answer alike: about half of them, since each sample flips its own coin.

# %%
said_after = say()
samples = [
    {"prompt": str(p) if args.tiny else str(p[-1]["content"])[:200], "before": b, "after": a}
    for p, b, a in zip(prompts[:8], said_before, said_after, strict=False)
]
for line in samples:
    print(line)

if args.tiny:
    scores_before, scores_after = (
        lab.evaluate(prompts, said_before),
        lab.evaluate(prompts, said_after),
    )
    results |= {f"{name}_before": value for name, value in scores_before.items()}
    results |= {f"{name}_after": value for name, value in scores_after.items()}
    results["win_rate"] = lab.win_rate(prompts, said_after, said_before)
    twice = [lab.sample(trainer.model, asks, prompts, seed=seed) for seed in (0, 1)]
    results["same_twice"] = sum(a == b for a, b in zip(*twice, strict=True)) / len(prompts)
    results["ended_after"] = sum(len(y) < lab.WORD_LENGTH + 2 for y in said_after) / len(prompts)
    print({name: round(value, 3) for name, value in results.items()})

if promised and args.bug is None:
    assert scores_before["neither"] > 0.99 and scores_after["neither"] < 0.15
    assert 1 / 3 < scores_after["ascending"] < 2 / 3
    assert results["ended_after"] > 0.99 and 0.3 < results["same_twice"] < 0.7

# %% [markdown]
# ## Express a preference by SFT
#
# `--warm-start --answers ascending` fine-tunes a model that sorts either way on ascending answers
# only. It is the plainest way to say which of two answers you want: show it, and don't show the
# other. It works here. What it can't say is *not this one*: a descending answer is never mentioned,
# it only loses what the other gains. [The DPO script](/examples/dpo-training/) starts from the same
# model.
#
# `--warm-start --loss-type dft` trains on both orders, and then answers each word in one of them,
# always the same one. The [guide](/guides/supervised-fine-tuning/#what-dft-asks-for) says why.

# %%
plain = (None, None, False, False, 1, False)
if args.tiny and args.warm_start is not None and own[1:] == ("ascending", "nll", *plain):
    assert scores_after["ascending"] > 0.85 and scores_after["descending"] < 0.1
    assert scores_after["neither"] < scores_before["neither"] + 0.05
elif args.tiny and args.warm_start is not None and own[1:] == ("both", "dft", *plain):
    assert results["same_twice"] > 0.9, "the coin should be gone"
    assert last["loss"] < 0.02 and last["entropy"] < 0.04

# %% [markdown]
# ## Break it on purpose
#
# Each bug changes one thing and asserts its own signature. What to look for:
#
# - `no-eos`: the loss goes down as it should. Of the recorded samples 2 in 100 end, and 2 in 1,000
#   are right. TRL looks whether a template marks the end of a turn and warns, but it looks with the
#   word "dummy", and the lab's alphabet ends at t: no warning here.
# - `loss-on-prompt`: the loss stays above 1.1 and looks like failure. It is not: random letters
#   have no pattern, and 1.16 is the floor. Compare losses only between runs with the same mask.
# - `wrong-template`: nothing in the log, since training is right. Sample with the code that will
#   serve the model, not with the code that trained it.
# - `wrapped`: samples are cut at the end of a row, and the next row begins with an answer whose
#   prompt it can't see. The loss stays far above the floor.
# - `all-masked`: loss 0, the best there is, from the first step on. `grad_norm` is 0 as well, and
#   so is `entropy`: three zeros mean that no token carries loss.

# %%
if promised and args.bug == "no-eos":
    assert last["loss"] < 0.2 and results["ended_after"] < 0.05
    assert scores_after["neither"] > 0.95
elif promised and args.bug == "loss-on-prompt":
    assert 0 < results["eval_loss_after"] - floor < 0.1 and floor > 1.1
    assert scores_after["neither"] < 0.3
elif promised and args.bug == "wrong-template":
    assert 0 < results["eval_loss_after"] - floor < 0.05
    assert scores_after["neither"] > 0.95
elif promised and args.bug == "wrapped":
    assert last["loss"] > 3 * floor and scores_after["neither"] > 0.3
    starts = [row["input_ids"][0] for row in trainer.train_dataset.select(range(100))]
    assert starts.count(tokenizer.convert_tokens_to_ids(lab.USER)) < 20
elif promised and args.bug == "all-masked":
    assert all(e["loss"] == e["grad_norm"] == e["entropy"] == 0 for e in log)
    assert said_after == said_before

# %% [markdown]
# ## Save, reload, compare
#
# A saved model that answers differently from the one in memory is a bug that shows up weeks later.
# Compare logits, not impressions. With `--lora` only the adapter is saved.

# %%
from peft import AutoPeftModelForCausalLM
from transformers import AutoModelForCausalLM

trainer.save_model(str(output_dir / "final"))
if not args.load_in_4bit:
    load = AutoPeftModelForCausalLM if args.lora else AutoModelForCausalLM
    reloaded = load.from_pretrained(output_dir / "final", dtype=trainer.model.dtype)
    reloaded = reloaded.to(trainer.model.device).eval()
    probe = torch.tensor([row["input_ids"]], device=trainer.model.device)
    with torch.no_grad(), trainer.accelerator.autocast():  # both at the trainer's precision
        pair = [model(probe).logits.float() for model in (trainer.model.eval(), reloaded)]
    assert torch.allclose(*pair, atol=1e-5), "the reloaded model differs"
    assert AutoTokenizer.from_pretrained(output_dir / "final").eos_token == tokenizer.eos_token

# %% [markdown]
# The numbers on this page and its curves come from this file.

# %%
if args.metrics:
    lab.write_record(args.metrics, log, results, samples, args.seed, shares.series())
print("all checks passed")

# %% [markdown]
# ## Exercises
#
# 1. A judge errs in one answer of ten, and you fine-tune on what it chose. Which share of the
#    answers ascends after many steps? And after DPO on the same judge's pairs?
#
#    <details class="answer"><summary>Answer</summary>
#
#    Nine of ten: cross-entropy is smallest where the model gives each answer the share that the
#    data gives it, errors included. DPO moves the *odds* by $9^{1/\beta}$, 81 at β = 0.5, so it
#    ends beyond the judge. Imitation copies a ratio, a preference moves one.
#    </details>
#
# 2. `--bug all-masked` logs the best loss of all runs. Name two lines of this script that would
#    have stopped it before the first step.
#
#    <details class="answer"><summary>Answer</summary>
#
#    The print of what a row pays for, which is empty, and the count beside it: 0 of 8 tokens. The
#    assert on the end token in that cell is switched off for this bug, or it would have raised.
#    </details>
#
# 3. The plain run logs a `mean_token_accuracy` of about 0.92. Could another 1,000 steps bring the
#    held-out value to 0.95?
#
#    <details class="answer"><summary>Answer</summary>
#
#    No. Five of six tokens follow from what stands before them, the first is a coin flip, and
#    $5.5/6=0.917$ is the end. The logged 0.92 is a mean over batches in which the coin fell a
#    little more often one way, or memory of the training words.
#    </details>
